import { resolve } from 'node:path';
import { defineConfig } from 'tsdown';
import { bundledTypes } from './bundled-types.ts';

export default defineConfig([
  {
    // The transports are entries of their own, reached through `#upload-transport`: the platform's conditions in
    // package.json choose one, so a browser's bundler never sees node:fs.
    entry: ['src/index.ts', 'src/node-transport.ts', 'src/web-transport.ts'],
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    fixedExtension: false,
    dts: false,
    sourcemap: false,
    clean: ['dist/*.js'],
    deps: { alwaysBundle: ['@vitrine/schema'], neverBundle: [/^#/, /^node:/] },
    inputOptions: { resolve: { conditionNames: ['@vitrine/source', 'import', 'default'] } },
  },
  {
    // Bundles the declarations that `tsc -p tsconfig.build.json` wrote.
    entry: { index: 'dist/.types/client/src/index.d.ts' },
    format: 'esm',
    platform: 'neutral',
    fixedExtension: false,
    clean: false,
    dts: { dtsInput: true, emitDtsOnly: true, sourcemap: false },
    // tRPC's own declarations, being those of its server too, name Node's http, the DOM and ws: of them only what a client
    // needs is taken in, so that a consumer needs none of these types, even without skipLibCheck. At run time tRPC stays
    // a dependency.
    deps: { alwaysBundle: [/^@trpc\//], onlyBundle: false },
    banner: {
      dts: '/* Includes type declarations of tRPC, MIT License, Copyright (c) 2023 Alex Johansson. */',
    },
    // First in the row: the declaration plugin resolves packages itself and would take the workspace's.
    inputOptions: (options) => ({
      ...options,
      plugins: [bundledTypes(resolve(import.meta.dirname, 'dist/.types')), options.plugins],
    }),
  },
]);
