import path from 'node:path';
import { findCycles } from './find-cycles.ts';
import { type ImportFact, moduleFacts } from './module-facts.ts';
import { isProgram, isTest, mayReadEnvironment, testZones, zones } from './zones.ts';

export interface Workspace {
  /** The text of every module, by its path from the root, with forward slashes. */
  readonly modules: ReadonlyMap<string, string>;
  /** What each workspace package lets others import, by its name: `.`, `./testing` … */
  readonly exports: ReadonlyMap<string, readonly string[]>;
}

/** The package that a file belongs to: `packages/db`; none for files at the root. */
const packageOf = (file: string) => /^(?:packages|apps)\/[^/]+/.exec(file)?.[0] ?? null;

function checkZone(file: string, { specifier, typeOnly }: ImportFact, workspace: Workspace): string | null {
  const [scope, name, ...rest] = specifier.split('/');
  const target = `${scope}/${name}`;
  const exported = workspace.exports.get(target);
  if (!exported) return `there is no package ${target}`;
  const subpath = ['.', ...rest].join('/');
  if (!exported.includes(subpath)) {
    return `${specifier} reaches into ${target}, which exports ${exported.join(', ')}`;
  }
  const own = packageOf(file);
  if (own === null || isProgram(file)) return null;
  const test = isTest(file);
  if (test && target === '@vitrine/testing') return null;
  // A package's own tests may use what it gives others for theirs.
  if (test && target === `@vitrine/${path.posix.basename(own)}`) return null;
  const access = zones[own]?.[target] ?? (test ? testZones[own]?.[target] : undefined);
  if (!access) return `${own} may not import ${target}`;
  if (access === 'types' && !typeOnly) return `${own} may import only types of ${target}; use "import type"`;
  return null;
}

/** Checks zones, deep imports, cycles and who reads the environment; answers one sentence for each violation. */
export function checkModules(workspace: Workspace): string[] {
  const problems: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [file, source] of workspace.modules) {
    const { imports, environmentReads } = moduleFacts(file, source);
    const imported = new Set<string>();
    for (const fact of imports) {
      const where = `${file}:${fact.line}`;
      if (fact.specifier.startsWith('@vitrine/')) {
        const problem = checkZone(file, fact, workspace);
        if (problem) problems.push(`${where}: ${problem}`);
      } else if (fact.specifier.startsWith('.')) {
        const target = path.posix.join(path.posix.dirname(file), fact.specifier);
        const inside = packageOf(target) === packageOf(file);
        if (!inside && !isProgram(file)) problems.push(`${where}: ${fact.specifier} leaves its package`);
        if (workspace.modules.has(target)) imported.add(target);
      }
    }
    edges.set(file, [...imported]);
    if (!mayReadEnvironment(file)) {
      for (const line of environmentReads) {
        problems.push(
          `${file}:${line}: reads the environment, which only apps/server/src/config/env.ts may do`,
        );
      }
    }
  }
  for (const cycle of findCycles(edges)) problems.push(`cycle: ${[...cycle, cycle[0]].join(' → ')}`);
  return problems;
}
