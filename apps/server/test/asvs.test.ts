import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

it('the table of OWASP ASVS V5 has all thirteen requirements, each with a test that exists', async () => {
  const page = await readFile(path.join(root, 'docs/asvs-v5.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (5\.\d\.\d) .* \| `([^`]+)`: (.+?) +\|$/gm)];
  expect(rows.map(([, requirement]) => requirement)).toEqual([
    ...['5.1.1', '5.2.1', '5.2.2', '5.2.3', '5.2.4', '5.2.5', '5.2.6'],
    ...['5.3.1', '5.3.2', '5.3.3', '5.4.1', '5.4.2', '5.4.3'],
  ]);
  for (const [, requirement, file = '', title] of rows) {
    const test = await readFile(path.join(root, file), 'utf8');
    expect(test, `${requirement} in ${file}`).toContain(`('${title}'`);
  }
});
