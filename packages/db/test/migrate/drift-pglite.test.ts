import { barePglite } from '../support/bare-postgres.ts';
import { describePostgresDrift } from '../support/drift-suite.ts';

describePostgresDrift('PGlite', barePglite);
