import { describe, expectTypeOf, it } from 'vitest';
import type * as postgres from './postgres.ts';
import type * as postgresSearch from './postgres-search.ts';
import type * as sqlite from './sqlite.ts';
import type * as sqliteSearch from './sqlite-search.ts';

type Sqlite = typeof sqlite & typeof sqliteSearch;
type Postgres = typeof postgres & typeof postgresSearch;
type Selected<T extends Record<string, { $inferSelect: unknown }>> = { [K in keyof T]: T[K]['$inferSelect'] };
type Inserted<T extends Record<string, { $inferInsert: unknown }>> = { [K in keyof T]: T[K]['$inferInsert'] };

describe('the two dialects', () => {
  it('have the same tables', () => {
    expectTypeOf<keyof Sqlite>().toEqualTypeOf<keyof Postgres>();
  });

  it('give rows of the same types', () => {
    expectTypeOf<Selected<Sqlite>>().toEqualTypeOf<Selected<Postgres>>();
  });

  it('take rows of the same types', () => {
    expectTypeOf<Inserted<Sqlite>>().toEqualTypeOf<Inserted<Postgres>>();
  });
});
