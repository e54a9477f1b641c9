import { parseSync, Visitor } from 'oxc-parser';

export interface ImportFact {
  readonly specifier: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** 1-based. */
  readonly line: number;
}

/** What a module says of the world outside it. */
export interface ModuleFacts {
  readonly imports: readonly ImportFact[];
  /** Lines, 1-based, that read the environment. */
  readonly environmentReads: readonly number[];
}

/** Reads a module's imports and exports-from, static, dynamic and in types. Fails when it does not parse. */
export function moduleFacts(file: string, source: string): ModuleFacts {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const imports: ImportFact[] = [];
  const environmentReads: number[] = [];
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length;
  const add = (specifier: string, typeOnly: boolean, offset: number) =>
    imports.push({ specifier, typeOnly, line: lineOf(offset) });

  new Visitor({
    ImportDeclaration({ source: from, importKind, specifiers, start }) {
      const named = specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
      const onlyTypes =
        specifiers.length > 0 &&
        named.length === specifiers.length &&
        named.every((specifier) => specifier.importKind === 'type');
      add(from.value, importKind === 'type' || onlyTypes, start);
      const isProcess = /^(node:)?process$/.test(from.value);
      const takesEnv = named.some(
        ({ imported }) => imported.type === 'Identifier' && imported.name === 'env',
      );
      if (isProcess && takesEnv) environmentReads.push(lineOf(start));
    },
    ExportNamedDeclaration({ source: from, exportKind, start }) {
      if (from) add(from.value, exportKind === 'type', start);
    },
    ExportAllDeclaration({ source: from, exportKind, start }) {
      add(from.value, exportKind === 'type', start);
    },
    ImportExpression({ source: from, start }) {
      if (from.type === 'Literal' && typeof from.value === 'string') add(from.value, false, start);
    },
    TSImportType({ source: from, start }) {
      add(from.value, true, start);
    },
    MemberExpression({ object, property, start }) {
      const name =
        property.type === 'Identifier' ? property.name : property.type === 'Literal' ? property.value : null;
      if (object.type === 'Identifier' && object.name === 'process' && name === 'env') {
        environmentReads.push(lineOf(start));
      }
    },
    VariableDeclarator({ id, init, start }) {
      const takesEnv =
        id.type === 'ObjectPattern' &&
        id.properties.some(
          (property) =>
            property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'env',
        );
      if (takesEnv && init?.type === 'Identifier' && init.name === 'process') {
        environmentReads.push(lineOf(start));
      }
    },
  }).visit(program);
  return { imports, environmentReads };
}
