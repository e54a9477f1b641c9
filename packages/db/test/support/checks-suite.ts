import {
  assetFactsSchema,
  assetFormats,
  assetTypes,
  audioRoleSchema,
  campaignStatusSchema,
  describeFormat,
  factNames,
  mimeTypeOf,
  roles,
  sha256Schema,
  userRoleSchema,
  visualRoleSchema,
} from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, exampleSha256, seedAgency } from './seed.ts';
import { insertRow, type TestDatabase, userRow } from './test-database.ts';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columnsOf = (facts: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [snake(name), value]));

const fact = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 5000 }) },
  fc.constantFrom(null, 0, -1, 1, 1.5, -0.5, 2 ** 53 - 1, 2 ** 53, 2 ** 70, 'seven', ''),
);
const anyFacts = fc.record({
  type: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...assetTypes) },
    fc.constantFrom('model', '', 'Image'),
  ),
  format: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...assetFormats) },
    fc.constantFrom('exe', '', 'JPG'),
  ),
  width: fact,
  height: fact,
  durationMs: fact,
  pageCount: fact,
});
/** Facts that are right, but for what a few coin tosses spoil. */
const nearlyRight = fc
  .record({
    format: fc.constantFrom(...assetFormats),
    value: fc.integer({ min: 1, max: 9999 }),
    spoil: fc.option(fc.record({ name: fc.constantFrom('type', 'format', ...factNames), value: fact })),
  })
  .map(({ format, value, spoil }) => {
    const { type } = describeFormat(format);
    const visual = { width: value, height: value + 1 };
    const right = {
      image: visual,
      video: { ...visual, durationMs: value },
      audio: { durationMs: value },
      document: { pageCount: value % 2 ? value : null },
    }[type];
    return { type, format, ...right, ...(spoil && { [spoil.name]: spoil.value }) };
  });

/** The database's CHECK constraints against the schemas that they come from. */
export function describeChecks(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`the CHECK constraints of ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;
    let count = 0;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const version = (change: Record<string, unknown>) => {
      count += 1;
      return {
        asset_id: `asset-${count}`,
        number: 1,
        type: 'image',
        format: 'png',
        mime_type: 'image/png',
        size: 10,
        sha256: exampleSha256,
        width: 1,
        height: 1,
        created_by: agency.userId,
        created_at: 1,
        ai_use: 'unknown',
        ...change,
      };
    };
    async function accepts(table: string, row: Record<string, unknown>): Promise<boolean> {
      try {
        await insertRow(target, table, row);
        return true;
      } catch {
        return false;
      }
    }

    it('let a version in if and only if zod accepts its facts', async () => {
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(fc.oneof(anyFacts, nearlyRight), async (facts) => {
          const present = Object.fromEntries(
            Object.entries(facts).filter(([, value]) => value !== undefined),
          );
          // A row has every column, so a fact that another kind has is null there where the object lacks it, and a null
          // that a kind has no field for is the same as no field.
          const nothing = {
            type: null,
            format: null,
            width: null,
            height: null,
            durationMs: null,
            pageCount: null,
          };
          const rowFacts = { ...nothing, ...present };
          const meant = Object.fromEntries(
            Object.entries(rowFacts).filter(
              ([key, value]) => value !== null || (key === 'pageCount' && facts.type === 'document'),
            ),
          );
          const known = assetFormats.find((format) => format === facts.format);
          const row = version({ ...columnsOf(rowFacts), mime_type: known ? mimeTypeOf(known) : 'x/x' });
          const allowed = assetFactsSchema.safeParse(meant).success;
          if (allowed) accepted += 1;
          expect(await accepts('asset_versions', row), JSON.stringify(facts)).toBe(allowed);
        }),
        { numRuns: runs },
      );
      expect(accepted).toBeGreaterThan(runs / 10);
    });

    it('let a size in if and only if it is a whole number of bytes above zero', async () => {
      for (const size of [1, 2 ** 40, 2 ** 53 - 1]) {
        expect(await accepts('asset_versions', version({ size })), `${size}`).toBe(true);
      }
      for (const size of [0, -1, 1.5, 2 ** 53, null, 'ten']) {
        expect(await accepts('asset_versions', version({ size })), `${size}`).toBe(false);
      }
    });

    it('let in the MIME types that the format table lists for the format, and no other', async () => {
      for (const format of assetFormats) {
        const { type } = describeFormat(format);
        const facts = {
          image: [1, 1, null],
          video: [1, 1, 1],
          audio: [null, null, 1],
          document: [null, null, null],
        }[type];
        const [width, height, duration_ms] = facts;
        const row = { type, format, width, height, duration_ms };
        for (const mime_type of describeFormat(format).mimeTypes) {
          expect(await accepts('asset_versions', version({ ...row, mime_type })), mime_type).toBe(true);
        }
        for (const mime_type of ['', 'text/html', null]) {
          expect(await accepts('asset_versions', version({ ...row, mime_type })), `${mime_type}`).toBe(false);
        }
      }
    });

    it('let a hash in if and only if it is 64 lower-case hexadecimal digits', async () => {
      const candidates = fc.oneof(
        fc.stringMatching(/^[0-9a-f]{64}$/),
        fc.stringMatching(/^[0-9a-fA-F]{60,66}$/),
        fc.constantFrom('', 'g'.repeat(64), `${'a'.repeat(63)}\n`, 'A'.repeat(64), null),
      );
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(candidates, async (sha256) => {
          if (sha256 !== null && seen.has(sha256)) return;
          const allowed = sha256Schema.safeParse(sha256).success;
          if (allowed && sha256 !== null) seen.add(sha256);
          expect(await accepts('blobs', { sha256, size: 1, store: 'disk', created_at: 1 })).toBe(allowed);
        }),
        { numRuns: runs },
      );
      expect(seen.size).toBeGreaterThan(1);
    });

    it('let a role in if and only if the schema of the kind accepts it', async () => {
      const schemas = {
        image: visualRoleSchema,
        video: visualRoleSchema,
        audio: audioRoleSchema,
        document: null,
      };
      for (const type of assetTypes) {
        for (const role of [...roles, 'hero', '', 'Subject']) {
          const facts = {
            image: { format: 'png', mime_type: 'image/png' },
            video: { format: 'mp4', mime_type: 'video/mp4', duration_ms: 1 },
            audio: { format: 'mp3', mime_type: 'audio/mpeg', width: null, height: null, duration_ms: 1 },
            document: { format: 'pdf', mime_type: 'application/pdf', width: null, height: null },
          }[type];
          const row = version({ type, ...facts });
          await insertRow(target, 'asset_versions', row);
          await insertRow(target, 'assets', {
            id: row.asset_id,
            client_id: agency.clientId,
            user_id: agency.userId,
            type,
            name: 'n',
            search_text: 'n',
            current_version: 1,
            row_version: 1,
            uploaded_at: 1,
            updated_at: 1,
          });
          const allowed = schemas[type]?.safeParse(role).success ?? false;
          const link = { asset_id: row.asset_id, type, role };
          expect(await accepts('asset_roles', link), `${type} ${role}`).toBe(allowed);
        }
      }
    });

    it('let in the states, roles and stores that the schemas name, and no other', async () => {
      for (const status of [...campaignStatusSchema.options, 'paused', '', 'Draft', null]) {
        const row = {
          id: `campaign-${status}`,
          client_id: agency.clientId,
          name: 'n',
          goal: '',
          status,
          created_at: 1,
          updated_at: 1,
          row_version: 1,
        };
        expect(await accepts('campaigns', row)).toBe(campaignStatusSchema.safeParse(status).success);
      }
      for (const role of [...userRoleSchema.options, 'root', '']) {
        const row = { ...userRow(`user-${role}`), email_verified: name === 'SQLite' ? 1 : true, role };
        expect(await accepts('users', row)).toBe(userRoleSchema.safeParse(role).success);
      }
      for (const [index, store] of ['disk', 'database', 's3', 'memory', 'tape', ''].entries()) {
        const row = { sha256: `${index}`.repeat(64), size: 1, store, created_at: 1 };
        expect(await accepts('blobs', row), store).toBe(index < 4);
      }
      for (const ai_use of ['allowed', 'refused', 'unknown', 'maybe', null]) {
        expect(await accepts('asset_versions', version({ ai_use })), `${ai_use}`).toBe(
          ['allowed', 'refused', 'unknown'].includes(`${ai_use}`),
        );
      }
    });

    it('keep a counter from falling below zero', async () => {
      await expect(
        target.sql('update client_counters set count = -1 where client_id = ?', [agency.clientId]),
      ).rejects.toThrow();
      await expect(
        target.sql('update campaign_counters set bytes = -1 where campaign_id = ?', [agency.campaignId]),
      ).rejects.toThrow();
    });
  });
}
