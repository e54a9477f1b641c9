import { parsedInput } from '@vitrine/api';
import { clientCreateInputSchema, clientListInputSchema } from '@vitrine/schema';
import type { Command } from 'commander';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { callerFor, withLibrary } from './with-library.ts';

interface CreateOptions extends CommonOptions {
  readonly name: string;
  readonly description?: string;
  readonly user?: string;
}
interface ListOptions extends CommonOptions {
  readonly user?: string;
}

const asUser = ['--user <address>', 'act as this user (default: the first owner)'] as const;

/** `vitrine client …` */
export function clientCommands(program: Command): void {
  const client = program.command('client').description('clients');
  command(client, 'create')
    .description('make a client')
    .requiredOption('--name <name>', 'its name')
    .option('--description <text>', 'who they are')
    .option(...asUser)
    .action(async (options: CreateOptions) => {
      const input = parsedInput(clientCreateInputSchema, {
        name: options.name,
        description: options.description,
      });
      const made = await withLibrary(async (library) =>
        library.services.clients.create(await callerFor(library, options.user), input),
      );
      createOutput(options.json).result(made, `${made.id}  ${made.name}`);
    });
  command(client, 'list')
    .description('list the clients')
    .option(...asUser)
    .action(async (options: ListOptions) => {
      const clients = await withLibrary(async (library) =>
        library.services.clients.list(
          await callerFor(library, options.user),
          clientListInputSchema.parse({}),
        ),
      );
      const lines = clients.map(({ id, name }) => `${id}  ${name}`);
      createOutput(options.json).result(clients, lines.join('\n') || 'No clients yet.');
    });
}
