import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasPostgres, postgresBinaries } from '../../src/postgres-test-server.ts';

/** Tests on a real server. On a machine without one, a test whose name says so takes their place. */
export function describeOnPostgres(what: string, define: () => void): void {
  if (hasPostgres) {
    define();
    return;
  }
  describe(what, () => {
    it(`did NOT run on a real PostgreSQL: ${postgresBinaries} is missing; install Debian's package postgresql`, () => {
      expect(existsSync(postgresBinaries)).toBe(false);
    });
  });
}
