import { parsedInput } from '@vitrine/api';
import { invalidField } from '@vitrine/core';
import { type UserRole, userRoleSchema, userRoles } from '@vitrine/schema';
import { type Command, Option } from 'commander';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';
import { readStdin } from './read-stdin.ts';
import { withLibrary } from './with-library.ts';

interface CreateOptions extends CommonOptions {
  readonly email: string;
  readonly name?: string;
  readonly role: UserRole;
  readonly passwordStdin?: true;
}

/** `vitrine user …` */
export function userCommands(program: Command): void {
  const user = program.command('user').description('people who may sign in');
  command(user, 'create')
    .description('make a user; the password is read from standard input')
    .requiredOption('--email <address>', 'e-mail address')
    .option('--name <name>', 'how the user is called')
    .addOption(new Option('--role <role>', 'what the user may do').choices(userRoles).makeOptionMandatory())
    .option('--password-stdin', 'read the password from standard input')
    .action(async (options: CreateOptions) => {
      if (!options.passwordStdin) {
        throw invalidField(['password'], 'give --password-stdin and the password on standard input');
      }
      const password = await readStdin();
      const made = await withLibrary((library) =>
        library.accounts.createUser({
          email: options.email,
          role: parsedInput(userRoleSchema, options.role),
          password,
          ...(options.name !== undefined && { name: options.name }),
        }),
      );
      createOutput(options.json).result(made, `Made the ${made.role} ${made.email} (${made.id}).`);
    });
}
