import type { Rehearsal } from '@vitrine/db';
import { describe, expect, it } from 'vitest';
import { rehearsalInWords } from '../src/cli/rehearsal-in-words.ts';

const unchanged = { rebuilt: false, addedColumns: [], droppedColumns: [], changedColumns: [] };
const nothing: Rehearsal = {
  pending: [],
  steps: [],
  tables: [],
  schema: [],
  drift: [],
  refusal: null,
  tookMs: 1234,
};

describe('a rehearsal in words', () => {
  it('says that there is nothing to do', () => {
    expect(rehearsalInWords(nothing).split('\n')).toEqual([
      'Would apply nothing: the database is up to date.',
      'Nothing was changed. Trying it took 1.2 s.',
    ]);
  });

  it('names each table with its rows, and of the rest only what does not come with a new table', () => {
    const extra = (part: string, found: string) => ({ what: 'extra' as const, part, expected: null, found });
    const text = rehearsalInWords({
      ...nothing,
      pending: ['0010_next'],
      steps: [{ name: '0010_next', tookMs: 40.6 }],
      tables: [
        { ...unchanged, table: 'notes', rowsBefore: null, rowsAfter: 0 },
        { ...unchanged, table: 'old', rowsBefore: 1, rowsAfter: null },
        { ...unchanged, table: 'sessions', rowsBefore: 3, rowsAfter: 2 },
        {
          table: 'users',
          rowsBefore: 7,
          rowsAfter: 7,
          rebuilt: true,
          addedColumns: ['a', 'b'],
          droppedColumns: ['c'],
          changedColumns: ['name'],
        },
      ],
      schema: [
        extra('table notes', 'table'),
        extra('checks of notes', '(1)'),
        extra('foreign key notes(id)', 'users(id)'),
        extra('index by_day', 'CREATE INDEX "by_day" ON "notes" ("day")'),
        extra('index notes_of_users', 'CREATE INDEX "notes_of_users" ON "users" ("a")'),
        { what: 'changed', part: 'checks of users', expected: '(1)', found: '(2)' },
        { what: 'missing', part: 'trigger keep', expected: 'x', found: null },
      ],
    });
    expect(text.split('\n').slice(0, -1)).toEqual([
      'Would apply: 0010_next (41 ms).',
      '  notes: new, with 0 rows',
      '  old: dropped, with its 1 row',
      '  sessions: 3 rows before, 2 rows after',
      '  users: keeps its 7 rows; is written anew; gets a, b; loses c; holds other values in name',
      '  new: index notes_of_users',
      '  changed: checks of users',
      '  gone: trigger keep',
    ]);
  });

  it('says why it would be refused, and where the schema has drifted', () => {
    const text = rehearsalInWords({
      ...nothing,
      pending: ['0010_next'],
      refusal: 'The migration 0010_next failed.',
      drift: [
        { what: 'missing', part: 'index users_email', expected: 'x', found: null },
        { what: 'extra', part: 'column users.shoe', expected: null, found: 'text null' },
        { what: 'changed', part: 'column users.name', expected: 'text not null', found: 'text null' },
      ],
    });
    expect(text.split('\n').slice(0, -1)).toEqual([
      'Would apply: 0010_next.',
      'It would be refused: The migration 0010_next failed.',
      'The schema is not what its migrations have made:',
      '  index users_email is missing',
      '  column users.shoe is there and no migration has made it',
      '  column users.name is "text null" instead of "text not null"',
    ]);
  });
});
