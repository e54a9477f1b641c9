import { resolve } from 'node:path';
import type { Rolldown } from 'tsdown';

const opaque = '\0opaque-server-types.d.ts';

/**
 * Keeps the server out of the published declarations.
 *
 * The router's type names two types of the server: its context (services, repositories, everything) and its procedures'
 * meta. A client never looks at either, so both are replaced by `object`. The rest of the router's type is inputs, outputs
 * and the shape of errors, which the compiler has already written out in full. Whatever else of the server a declaration
 * should come to need makes the build fail here, rather than be published unseen.
 *
 * @param types where `tsc -p tsconfig.build.json` wrote the declarations, one folder per package.
 */
export function bundledTypes(types: string): Rolldown.Plugin {
  return {
    name: 'bundled-types',
    resolveId: {
      order: 'pre',
      handler(specifier, importer) {
        if (specifier === '@vitrine/schema') return resolve(types, 'schema/src/index.d.ts');
        if (specifier === '@vitrine/api') return resolve(types, 'api/src/root.d.ts');
        if (!importer?.startsWith(resolve(types, 'api'))) {
          if (specifier.startsWith('@vitrine/')) throw new Error(`${importer} must not need ${specifier}.`);
          return null;
        }
        if (/^\.\.?\/(context|meta)\.ts$/.test(specifier)) return opaque;
        if (specifier.startsWith('.') || specifier.startsWith('@vitrine/')) {
          throw new Error(`The router's type must not need ${specifier}, which is the server's own.`);
        }
        return null;
      },
    },
    load(id) {
      return id === opaque
        ? 'type Opaque = object;\nexport { type Opaque as Context, type Opaque as Meta };\n'
        : null;
    },
  };
}
