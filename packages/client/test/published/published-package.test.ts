import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUploadServer } from '../start-upload-server.ts';
import { createProject, type Project } from './create-project.ts';
import { misuseFile, misuses } from './misuse.ts';

const root = resolve(import.meta.dirname, '../../../..');
const misuseName = (index: number) => `misuse/case-${index}.ts`;

async function codeBlocks(document: string): Promise<string[]> {
  const text = await readFile(join(root, document), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

/** The name of every type that the use cases declare, except those that the vocabulary has as well. */
async function serverTypes(): Promise<Set<string>> {
  const namesIn = async (folder: string) => {
    const files = (await readdir(join(root, folder), { recursive: true })).filter((file) =>
      /\.ts$/.test(file),
    );
    const sources = await Promise.all(files.map((file) => readFile(join(root, folder, file), 'utf8')));
    const declared = sources.join('\n').matchAll(/^export (?:interface|type|class) (\w+)/gm);
    return new Set([...declared].map(([, name = '']) => name));
  };
  const vocabulary = await namesIn('packages/schema/src');
  return new Set([...(await namesIn('packages/core/src'))].filter((name) => !vocabulary.has(name)));
}

function tsconfig(options: object, include: readonly string[]): string {
  const compilerOptions = {
    target: 'ES2023',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  };
  return JSON.stringify({ compilerOptions, include });
}

let project: Project;
beforeAll(async () => {
  project = await createProject();
  const at = (name: string) => join(project.folder, name);
  await mkdir(at('misuse'));
  await copyFile(join(import.meta.dirname, 'program.ts'), at('program.ts'));
  for (const [index, misuse] of misuses.entries()) await writeFile(at(misuseName(index)), misuseFile(misuse));
  await writeFile(at('documented.ts'), (await codeBlocks('docs/client.md')).join('\n'));
  const [readme = ''] = await codeBlocks('README.md');
  await writeFile(at('readme.ts'), `declare const clientId: string;\n${readme}`);
  await writeFile(
    at('browser.ts'),
    `import { createVitrineClient } from '@vitrine/client';
export const send = (file: File, clientId: string) =>
  createVitrineClient({ url: '' }).upload(file, { clientId, type: 'image' }).then(({ width }) => width);
`,
  );

  const node = { module: 'nodenext', lib: ['ES2023'], types: ['node'] };
  const browser = { module: 'esnext', moduleResolution: 'bundler', lib: ['ES2023', 'DOM'], types: [] };
  await writeFile(at('tsconfig.node.json'), tsconfig(node, ['program.ts']));
  // The documentation uses tRPC's client beside ours, and tRPC's declarations need skipLibCheck.
  const documented = tsconfig({ ...node, skipLibCheck: true }, ['documented.ts', 'readme.ts']);
  await writeFile(at('tsconfig.documented.json'), documented);
  await writeFile(at('tsconfig.browser.json'), tsconfig(browser, ['browser.ts']));
  await writeFile(at('tsconfig.misuse.json'), tsconfig(node, ['misuse']));
}, 300_000);
afterAll(() => project?.[Symbol.asyncDispose]());

describe('the published package', () => {
  it('compiles in a strict Node project that checks declarations too', async () => {
    expect(await project.compile('tsconfig.node.json')).toEqual(new Map());
  });

  it('compiles each example of the documentation', async () => {
    expect(await readFile(join(project.folder, 'documented.ts'), 'utf8')).toContain('vitrine.upload(');
    expect(await project.compile('tsconfig.documented.json')).toEqual(new Map());
  });

  it('compiles in a strict browser project that knows nothing of Node', async () => {
    expect(await project.compile('tsconfig.browser.json')).toEqual(new Map());
  });

  it('uploads and reports refusals when it is run', async () => {
    await using server = await startUploadServer();
    const output = await project.node(['program.ts', server.url, 'package.json']);
    expect(JSON.parse(output)).toEqual({
      video: 'video 12040 true',
      seconds: 12,
      any: 'image 3000x2000',
      refused: false,
    });
    expect(server.received.map(({ fileName }) => fileName)).toEqual(['package.json', 'package.json']);
  });

  it('declares nothing of the server', async () => {
    const declarations = await readFile(join(project.installed, 'dist/index.d.ts'), 'utf8');
    const imported = [...declarations.matchAll(/(?:from |import\()["']([^"']+)["']/g)].map(
      ([, name]) => name,
    );
    expect(new Set(imported)).toEqual(new Set(['zod']));
    const forbidden =
      /@vitrine\/(?:api|core|db|storage|media|schema)|drizzle|express|sqlite|\b(?:Context|Installation)\b|\b\w*(?:Services?|Readers?|Repositor(?:y|ies)|BlobStore)\b/;
    expect(forbidden.exec(declarations)).toBeNull();
    const declared = declarations.matchAll(/(?:interface|type|class) (\w+)[ <]/g);
    const servers = await serverTypes();
    expect(servers).toContain('Services');
    expect([...declared].map(([, name = '']) => name).filter((name) => servers.has(name))).toEqual([]);
  });

  it('contains its own code and nothing else, and needs only packages that it names', async () => {
    const files = await readdir(project.installed, { recursive: true });
    expect(files.filter((name) => /\.\w+$/.test(name)).toSorted()).toEqual([
      'dist/index.d.ts',
      'dist/index.js',
      'dist/node-transport.js',
      'dist/web-transport.js',
      'package.json',
    ]);
    const manifest = JSON.parse(await readFile(join(project.installed, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.dependencies).toSorted()).toEqual([
      '@trpc/client',
      '@trpc/server',
      'eventsource',
      'zod',
    ]);
    expect(JSON.stringify(manifest.exports)).not.toContain('src/');
    expect(JSON.stringify(manifest.imports)).not.toContain('src/');
  });

  it('reaches Node’s modules only where a browser does not look', async () => {
    for (const file of ['index.js', 'web-transport.js']) {
      expect(await readFile(join(project.installed, 'dist', file), 'utf8')).not.toMatch(/["']node:/);
    }
    const browser = await project.node([
      '--conditions=browser',
      '--input-type=module',
      '--eval',
      `import { createVitrineClient } from '@vitrine/client';
       await createVitrineClient({ url: 'http://127.0.0.1:9' }).upload('a.png', { clientId: 'x' })
         .catch((error) => console.log(error.message));`,
    ]);
    expect(browser).toContain('need Node');
  });

  it('has nothing that publint objects to', async () => {
    const { messages } = await publint({ pkgDir: project.installed, strict: true, pack: false });
    expect(messages).toEqual([]);
  });
});

describe('what does not compile with the published package', () => {
  let complaints: Map<string, string>;
  beforeAll(async () => {
    complaints = await project.compile('tsconfig.misuse.json');
  }, 120_000);

  it.each(misuses.map((misuse, index) => ({ ...misuse, index })))('$name', ({ index, error }) => {
    expect(complaints.get(misuseName(index))).toMatch(error);
  });

  it('is nothing but that', () => {
    expect([...complaints.keys()].toSorted()).toEqual(
      misuses.map((_, index) => misuseName(index)).toSorted(),
    );
  });
});
