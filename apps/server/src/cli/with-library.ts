import { randomUUID } from 'node:crypto';
import { AppError, type Caller } from '@vitrine/core';
import { type Composition, compose } from '../compose.ts';
import { configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';

/** Opens the library for one command, without a server; a running server on the same data may go on. */
export async function withLibrary<T>(work: (library: Composition) => Promise<T>): Promise<T> {
  const config = configFrom(readEnv());
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  await using library = await compose({ ...config, publicUrl, logLevel: 'warn' });
  return await work(library);
}

/** Whom a command acts as: the user with that e-mail address, or the first owner. */
export async function callerFor(library: Composition, email: string | undefined): Promise<Caller> {
  const user = await library.database.read((readers) =>
    email === undefined ? readers.users.findOwner() : readers.users.findByEmail(email.trim().toLowerCase()),
  );
  if (!user) {
    throw new AppError(
      'not_found',
      email === undefined
        ? 'There is no owner yet. Make one: vitrine user create --email you@example.com --role owner --password-stdin'
        : `There is no user ${email}.`,
    );
  }
  return {
    actor: { kind: 'user', userId: user.id, role: user.role },
    requestId: randomUUID(),
    address: null,
  };
}
