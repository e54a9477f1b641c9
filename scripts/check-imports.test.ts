import { describe, expect, it } from 'vitest';
import { checkModules } from './imports/check-modules.ts';
import { moduleFacts } from './imports/module-facts.ts';

const exports = new Map([
  ['@vitrine/schema', ['.']],
  ['@vitrine/core', ['.']],
  ['@vitrine/db', ['.', './testing']],
  ['@vitrine/storage', ['.']],
  ['@vitrine/api', ['.']],
  ['@vitrine/testing', ['.']],
]);
const check = (modules: Record<string, string>) =>
  checkModules({ modules: new Map(Object.entries(modules)), exports });

describe('the check of imports', () => {
  it('is silent about what the picture of the packages allows', () => {
    expect(
      check({
        'packages/core/src/a.ts': "import { z } from '@vitrine/schema'; import { b } from './b.ts';",
        'packages/core/src/b.ts': 'export const b = 1;',
        'packages/core/src/a.test.ts': "import { fake } from '@vitrine/testing';",
        'apps/server/src/main.ts':
          "import { open } from '@vitrine/db'; import { router } from '@vitrine/api';",
        'apps/server/test/open.test.ts': "import { template } from '@vitrine/db/testing';",
        'apps/dashboard/src/trpc.ts': "import type { AppRouter } from '@vitrine/api';",
      }),
    ).toEqual([]);
  });

  it('names a sibling, an import that points up and a package that does not exist', () => {
    expect(
      check({
        'packages/db/src/a.ts': "\nimport { disk } from '@vitrine/storage';",
        'packages/schema/src/a.ts': "export type { Services } from '@vitrine/core';",
        'packages/api/src/a.ts': "const it = await import('@vitrine/nowhere');",
      }),
    ).toEqual([
      'packages/db/src/a.ts:2: packages/db may not import @vitrine/storage',
      'packages/schema/src/a.ts:1: packages/schema may not import @vitrine/core',
      'packages/api/src/a.ts:1: there is no package @vitrine/nowhere',
    ]);
  });

  it("lets the dashboard and the client see the API's types only", () => {
    const code = "import { appRouter } from '@vitrine/api';";
    const [dashboard, client] = check({ 'apps/dashboard/src/a.ts': code, 'packages/client/src/a.ts': code });
    expect(dashboard).toContain('may import only types of @vitrine/api');
    expect(client).toContain('may import only types of @vitrine/api');
    expect(check({ 'packages/client/src/a.ts': "import { type AppRouter } from '@vitrine/api';" })).toEqual(
      [],
    );
  });

  it('names an import that reaches into a package or out of its own', () => {
    const problems = check({
      'apps/server/src/a.ts': "import { x } from '@vitrine/core/src/x.ts';",
      'packages/api/src/a.ts': "import { x } from '../../core/src/x.ts';",
    });
    expect(problems[0]).toContain('reaches into @vitrine/core');
    expect(problems[1]).toContain('leaves its package');
  });

  it('keeps testing code out of what is shipped', () => {
    expect(check({ 'packages/core/src/a.ts': "import { fake } from '@vitrine/testing';" })).toEqual([
      'packages/core/src/a.ts:1: packages/core may not import @vitrine/testing',
    ]);
  });

  it('finds a cycle even when it is made of types', () => {
    expect(
      check({
        'packages/core/src/a.ts': "import type { B } from './b.ts';",
        'packages/core/src/b.ts': "export * from './c.ts';",
        'packages/core/src/c.ts': "type A = import('./a.ts').A; export const c = 1;",
        'packages/core/src/d.ts': "import './a.ts';",
      }),
    ).toEqual([
      'cycle: packages/core/src/a.ts → packages/core/src/b.ts → packages/core/src/c.ts → packages/core/src/a.ts',
    ]);
  });

  it('names who else reads the environment', () => {
    const problems = check({
      'apps/server/src/config/env.ts': 'export const env = process.env;',
      'apps/server/src/a.ts': "const port = process.env['PORT'];\nconst { env } = process;",
      'packages/db/src/a.ts': "import { env } from 'node:process';",
      'packages/db/src/a.test.ts': 'const url = process.env.URL;',
      'packages/db/src/b.ts': '// process.env\nconst text = `process.env`;',
    });
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'apps/server/src/a.ts:1',
      'apps/server/src/a.ts:2',
      'packages/db/src/a.ts:1',
    ]);
  });
});

describe("a module's imports", () => {
  it('are not those that are only quoted in it', () => {
    const source = "const program = `\nimport { a } from 'a';\n`;\n// import 'b';\nimport 'c';";
    expect(moduleFacts('a.ts', source).imports).toEqual([{ specifier: 'c', typeOnly: false, line: 5 }]);
  });

  it('of a module that does not parse are an error that names it', () => {
    expect(() => moduleFacts('broken.ts', 'import {')).toThrow('broken.ts');
  });
});
