import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { envSchema } from '../src/config/env.ts';

const file = readFileSync(path.resolve(import.meta.dirname, '../../../.env.example'), 'utf8');
const example = parseEnv(file);

describe('.env.example', () => {
  it('lists every setting and no other', () => {
    expect(Object.keys(example).sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it('shows the defaults', () => {
    expect(envSchema.parse(example)).toEqual(envSchema.parse({}));
  });

  it('says what each setting is for in the line above it', () => {
    const lines = file.trimEnd().split('\n');
    const settings = lines.flatMap((line, index) => (line.startsWith('VITRINE_') ? [index] : []));
    expect(settings.map((index) => lines[index - 1]).filter((line) => !line?.startsWith('# '))).toEqual([]);
  });
});
