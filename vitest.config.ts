import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Tests run against the sources of every package, so no build can be stale.
const conditions = ['@vitrine/source'];

/** These take a minute or two: begun first, no core waits for them at the end. */
const slow = [
  'malformed.test.ts',
  'kill.test.ts',
  'power-cut.test.ts',
  'render-kill.test.ts',
  'jobs.test.ts',
];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => slow.some((name) => moduleId.endsWith(`/${name}`));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // Many wait for servers, tools and databases of their own: one more for every two cores.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/server/{src,test}/**/*.test.ts',
            'apps/dashboard/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'docs/**/*.test.ts',
            'harnesses/*.test.ts',
          ],
          exclude: ['**/*.e2e.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          typecheck: { enabled: false },
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            tsconfig: './tsconfig.types.json',
            include: ['packages/*/{src,test}/**/*.test-d.ts'],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['apps/server/test/**/*.e2e.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // A browser is several processes itself.
          maxWorkers: availableParallelism(),
        },
      },
    ],
  },
});
