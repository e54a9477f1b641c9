import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Caller } from '@vitrine/core';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Composition } from '../compose.ts';
import { configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { serve } from '../serve.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { stopWithGrace } from './serve-command.ts';

const signInSchema = z.object({ email: z.string(), password: z.string(), key: z.string() });
type SignIn = z.output<typeof signInSchema>;

/**
 * The demo's own sign-in, made once and kept in the data folder so that a second start prints the same one. Where the file is missing
 * although the user is there, since a start was cut off between the two or somebody removed it, the user gets another password and key.
 */
async function demoSignIn({ config, database, accounts }: Composition): Promise<SignIn> {
  const file = path.join(config.dataDir, 'demo-sign-in.json');
  if (existsSync(file)) return signInSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const email = 'demo@vitrine.example';
  const password = randomBytes(9).toString('base64url');
  const known = await database.read((readers) => readers.users.findByEmail(email));
  if (known) await accounts.setPassword({ userId: known.id, password });
  const user = known ?? (await accounts.createUser({ email, name: 'Demo', role: 'owner', password }));
  const { key } = await accounts.createKey({ userId: user.id, name: 'demo' });
  const text = `${JSON.stringify({ email, password, key }, null, 2)}\n`;
  // Whole or not at all.
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return { email, password, key };
}

async function demoCaller({ database }: Composition, email: string): Promise<Caller> {
  const user = await database.read((readers) => readers.users.findByEmail(email));
  if (!user) throw new Error(`The demo's user ${email} is gone. Remove the data folder and start again.`);
  return {
    actor: { kind: 'user', userId: user.id, role: user.role },
    requestId: randomUUID(),
    address: null,
  };
}

/** `vitrine demo`: the server with a sample agency in it. */
export function demoCommand(program: Command): void {
  command(program, 'demo')
    .description('start the server with sample data')
    .action(async (options: CommonOptions) => {
      const output = createOutput(options.json);
      const server = await serve(configFrom({ ...readEnv(), VITRINE_LOG: 'warn' }));
      stopWithGrace(server);
      const { config, services } = server.composition;
      const signIn = await demoSignIn(server.composition);
      // Only here: what makes the samples would slow every other command's start.
      const [{ createSampleData }, { loadSampleData }] = await Promise.all([
        import('../sample-data/create-sample-data.ts'),
        import('../sample-data/load-sample-data.ts'),
      ]);
      const log = (text: string) => output.progress(text);
      const library = await createSampleData({ directory: path.join(config.dataDir, 'sample-data'), log });
      await loadSampleData({
        services,
        caller: await demoCaller(server.composition, signIn.email),
        library,
        log,
      });
      output.result(
        { url: server.url, ...signIn },
        [
          '',
          `  Vitrine is at   ${server.url}`,
          `  Sign in with    ${signIn.email}`,
          `  Password        ${signIn.password}`,
          `  API key         ${signIn.key}`,
          '',
          `  Reference       ${server.url}/docs`,
          `  Try             curl -H "Authorization: Bearer ${signIn.key}" "${server.url}/api/v2/assets?limit=2"`,
          '',
          '  Ctrl-C stops it. The data stays in the data folder.',
        ].join('\n'),
      );
    });
}
