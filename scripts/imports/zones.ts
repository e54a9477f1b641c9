/** What a package may import of another: its code, or only its types. */
export type Access = 'code' | 'types';

const below: Record<string, Access> = { '@vitrine/core': 'code', '@vitrine/schema': 'code' };

/**
 * Which workspace packages may be imported from which folder: the picture of docs/architecture.md. A folder that is not
 * named here may import none.
 */
export const zones: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  'packages/schema': {},
  'packages/core': { '@vitrine/schema': 'code' },
  'packages/db': below,
  'packages/storage': below,
  'packages/media': below,
  'packages/remote': { '@vitrine/core': 'code' },
  'packages/legacy': below,
  'packages/api': below,
  'packages/testing': below,
  'packages/client': { '@vitrine/api': 'types', '@vitrine/schema': 'code' },
  'apps/dashboard': { '@vitrine/api': 'types', '@vitrine/schema': 'code' },
  'apps/server': {
    ...below,
    '@vitrine/api': 'code',
    '@vitrine/client': 'code',
    '@vitrine/db': 'code',
    '@vitrine/legacy': 'code',
    '@vitrine/media': 'code',
    '@vitrine/remote': 'code',
    '@vitrine/storage': 'code',
  },
};

/** What tests may import on top. */
export const testZones: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  'apps/server': { '@vitrine/dashboard': 'code' },
};

/** Where anything may be imported and the environment may be read: programs of the repository, not of the product. */
export const isProgram = (file: string) =>
  /^(scripts|bench|harnesses)\/|^packages\/client\/examples\//.test(file);

export const isTest = (file: string) => /\.(test|test-d|bench)\.tsx?$/.test(file) || /\/test\//.test(file);

/** The product (what lies in a `src` folder) reads its settings in one place; tools and tests beside it are free to. */
export const mayReadEnvironment = (file: string) =>
  file === 'apps/server/src/config/env.ts' || isTest(file) || !/^(packages|apps)\/[^/]+\/src\//.test(file);
