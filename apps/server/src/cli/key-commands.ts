import { parsedInput } from '@vitrine/api';
import { type ApiKey, clientIdSchema, keyScopeSchema, keyScopes } from '@vitrine/schema';
import type { Command } from 'commander';
import { z } from 'zod';
import { type CommonOptions, collect, command } from './command.ts';
import { keyExpiry } from './key-expiry.ts';
import { createOutput } from './output.ts';
import { callerFor, withLibrary } from './with-library.ts';

interface CreateOptions extends CommonOptions {
  readonly user: string;
  readonly name: string;
  readonly scope: readonly string[];
  readonly client: readonly string[];
  readonly expires: string;
}

interface UserOptions extends CommonOptions {
  readonly user?: string;
}

async function create({ user, name, scope, client, expires, json }: CreateOptions): Promise<void> {
  const scopes = scope.length > 0 ? parsedInput(z.array(keyScopeSchema), scope) : [...keyScopes];
  const clientIds = client.length > 0 ? parsedInput(z.array(clientIdSchema), client) : null;
  const issued = await withLibrary(async (library) => {
    const expiresAt = keyExpiry(expires, library.clock);
    const caller = await callerFor(library, user);
    return library.services.keys.create(caller, { name, scopes, clientIds, expiresAt });
  });
  createOutput(json).result(issued, issued.key);
}

function line({ id, start, name, person, scopes, clientIds, expiresAt, lastUsedAt }: ApiKey): string {
  return [
    id,
    `${start}…`,
    person.email,
    name,
    scopes.join(','),
    clientIds === null ? 'all clients' : `clients ${clientIds.join(',')}`,
    expiresAt === null ? 'does not expire' : `until ${expiresAt}`,
    lastUsedAt === null ? 'never used' : `used ${lastUsedAt}`,
  ].join('\t');
}

/** `vitrine key …` */
export function keyCommands(program: Command): void {
  const key = program.command('key').description('API keys');
  command(key, 'create')
    .description('make an API key; it is printed this once')
    .requiredOption('--user <address>', 'whose key it is')
    .option('--name <name>', 'what the key is for', 'key')
    .option('--scope <scope>', `one of ${keyScopes.join(', ')}; may be repeated (default: all)`, collect, [])
    .option('--client <id>', 'a client that it reaches; may be repeated (default: all)', collect, [])
    .option('--expires <when>', 'a number of days, a date, or never', 'never')
    .action(create);
  command(key, 'list')
    .description('list the keys that a user may manage, the newest first')
    .option('--user <address>', 'as whom (default: the owner, who sees all)')
    .action(async ({ user, json }: UserOptions) => {
      const keys = await withLibrary(async (library) =>
        library.services.keys.list(await callerFor(library, user)),
      );
      createOutput(json).result(keys, keys.map(line).join('\n'));
    });
  command(key, 'revoke')
    .argument('<id>', 'as `key list` tells it')
    .description('end an API key, also for a server that runs, within a second')
    .action(async (id: string, { json }: CommonOptions) => {
      await withLibrary(async (library) =>
        library.services.keys.revoke(await callerFor(library, undefined), id),
      );
      createOutput(json).result({ success: true }, 'The key was revoked.');
    });
}
