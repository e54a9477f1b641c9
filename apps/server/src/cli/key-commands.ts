import { keyScopeSchema, keyScopes } from '@vitrine/schema';
import type { Command } from 'commander';
import { z } from 'zod';
import { type CommonOptions, collect, command } from './command.ts';
import { createOutput } from './output.ts';
import { callerFor, withLibrary } from './with-library.ts';

interface CreateOptions extends CommonOptions {
  readonly user: string;
  readonly name?: string;
  readonly scope: readonly string[];
}

/** `vitrine key …` */
export function keyCommands(program: Command): void {
  const key = program.command('key').description('API keys');
  command(key, 'create')
    .description('make an API key; it is printed this once')
    .requiredOption('--user <address>', 'whose key it is')
    .option('--name <name>', 'what the key is for')
    .option('--scope <scope>', `one of ${keyScopes.join(', ')}; may be repeated (default: all)`, collect, [])
    .action(async (options: CreateOptions) => {
      const scopes = z.array(keyScopeSchema).parse(options.scope);
      const issued = await withLibrary(async (library) => {
        const { actor } = await callerFor(library, options.user);
        return library.accounts.createKey({
          userId: actor.userId,
          ...(scopes.length > 0 && { scopes }),
          ...(options.name !== undefined && { name: options.name }),
        });
      });
      createOutput(options.json).result(issued, issued.key);
    });
}
