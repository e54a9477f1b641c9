import { barePostgres } from '../support/bare-postgres.ts';
import { describePostgresDrift } from '../support/drift-suite.ts';
import { describeOnPostgres } from '../support/postgres-or-say-so.ts';

describeOnPostgres('the drift of a schema', () => describePostgresDrift('PostgreSQL 15', barePostgres));
