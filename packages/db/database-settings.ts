import path from 'node:path';

/** Which database the commands of this package work on: the same settings that the server reads. */
export interface DatabaseSettings {
  readonly dialect: 'sqlite' | 'postgres';
  /** `vitrine.sqlite` in the data folder; a relative one begins at the checkout's root. */
  readonly file: string;
  /** `postgres://…`; a place nobody listens on when it is unset. */
  readonly url: string;
}

/** Call it from this package's folder: drizzle-kit runs its configuration as CommonJS, which knows no `import.meta`. */
export function databaseSettings(env: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const url = env['VITRINE_DATABASE_URL'];
  return {
    dialect: url ? 'postgres' : 'sqlite',
    file: path.join(path.resolve('../..', env['VITRINE_DATA_DIR'] || 'data'), 'vitrine.sqlite'),
    url: url || 'postgres://localhost/vitrine',
  };
}
