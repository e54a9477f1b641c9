// `node scripts/check-imports.ts`: silent when every import is allowed; otherwise one line for each that is not.
import path from 'node:path';
import { checkModules } from './imports/check-modules.ts';
import { readWorkspace } from './imports/read-workspace.ts';

const problems = checkModules(readWorkspace(path.resolve(import.meta.dirname, '..')));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
