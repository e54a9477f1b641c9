import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLegacyLibrary } from '../src/index.ts';

const root = mkdtempSync(path.join(tmpdir(), 'vitrine-legacy-files-'));
const files = path.join(root, 'files');
const file = path.join(root, 'old.db');
const open = () => openLegacyLibrary({ file, files, workFolder: root });

beforeAll(() => {
  mkdirSync(path.join(files, 'sub'), { recursive: true });
  for (const name of ['one.png', 'one.json', 'UPPER.PNG', 'sub/deep.txt', 'plain']) {
    writeFileSync(path.join(files, name), name);
  }
  writeFileSync(path.join(root, 'secret.png'), 'outside');
  symlinkSync(path.join(root, 'secret.png'), path.join(files, 'link.png'));
  symlinkSync(root, path.join(files, 'up'));
  const db = new Sqlite(file);
  db.exec(`
    create table Assets (NAME text, tags text, ID text, asset_type text);
    insert into Assets values ('first', null, 'a', 'image'), ('again', null, 'a', 'image'), (x'c3a4', 3, null, 1.5);
    create table unknown (x); insert into unknown values (1)`);
  db.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the folder of the old system', () => {
  const find = (stems: string[], paths: string[] = [], extension: string | null = null) => {
    using library = open();
    return library.file({ stems, paths, extension });
  };

  it('gives a file by its name without the extension, the wanted one first, in any case', () => {
    expect(find(['one'], [], 'png')).toMatchObject({
      bytes: { place: 'one.png', size: 7 },
      others: ['one.json'],
    });
    expect(find(['one'])?.bytes.place).toBe('one.json');
    expect(find(['upper'])?.bytes.place).toBe('UPPER.PNG');
    expect(find(['plain'])?.bytes.place).toBe('plain');
    expect(find(['none'])).toBeNull();
  });

  it('gives a file at the longest end of a path that is there', () => {
    expect(find([], ['/srv/app/sub/deep.txt'])?.bytes.place).toBe('sub/deep.txt');
    expect(find([], ['C:\\app\\one.png'])?.bytes.place).toBe('one.png');
  });

  it('gives nothing outside of it, whether by a link or by a path', () => {
    expect(find(['link'])).toBeNull();
    for (const place of [
      '../secret.png',
      'up/secret.png',
      '/x/link.png',
      'a\0b',
      path.join(root, 'secret.png'),
    ]) {
      expect(find([], [place]), place).toBeNull();
    }
  });
});

it('rows are read by the names of their columns, each with a name of its own, whatever they hold', () => {
  using library = open();
  expect([...library.rows('assets')]).toEqual([
    {
      table: 'assets',
      key: 'a',
      id: 'a',
      values: { name: 'first', tags: null, id: 'a', asset_type: 'image' },
    },
    {
      table: 'assets',
      key: 'a (row 2)',
      id: 'a',
      values: { name: 'again', tags: null, id: 'a', asset_type: 'image' },
    },
    {
      table: 'assets',
      key: 'row 3',
      id: 'row 3',
      values: { name: 'ä', tags: '3', id: null, asset_type: '1.5' },
    },
  ]);
  expect(library.others).toEqual([{ name: 'unknown', rows: 1 }]);
});
