import type { ResumableReader, ResumableWriter, UploadHolder } from '@vitrine/core';
import { uploadInputSchema, uploadResultSchema } from '@vitrine/schema';
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

const expiredAtOnce = 1000;

export function createUploadRepository({
  db,
  tables: { uploads },
}: RepositoryContext): ResumableReader & ResumableWriter {
  const heldBy = ({ id, holder }: UploadHolder) => and(eq(uploads.id, id), eq(uploads.lockedBy, holder));
  const change = async (held: UploadHolder, values: Partial<typeof uploads.$inferInsert>) => {
    const rows = await db.update(uploads).set(values).where(heldBy(held)).returning({ id: uploads.id });
    return rows.length > 0;
  };

  return {
    async find(wanted) {
      const [row] = await db.select().from(uploads).where(eq(uploads.id, wanted));
      if (!row) return null;
      const { id, userId, clientId, metadata, fileName, length, received, expiresAt } = row;
      return {
        ...{ id, userId, clientId, metadata, fileName, length, received, expiresAt },
        fields: uploadInputSchema.parse(row.fields),
        result: uploadResultSchema.nullable().parse(row.result),
      };
    },

    async expired(before) {
      const rows = await db
        .select({ id: uploads.id })
        .from(uploads)
        .where(lt(uploads.expiresAt, before))
        .orderBy(asc(uploads.expiresAt))
        .limit(expiredAtOnce);
      return rows.map(({ id }) => id);
    },

    async insert({ holder, fields, at, ...upload }) {
      await db.insert(uploads).values({
        ...upload,
        fields: { ...fields },
        received: 0,
        result: null,
        lockedBy: holder,
        createdAt: at,
      });
    },

    async lock({ id, holder, at, until }) {
      const rows = await db
        .update(uploads)
        .set({ lockedBy: holder, lockedUntil: until })
        .where(
          and(
            eq(uploads.id, id),
            or(isNull(uploads.lockedBy), eq(uploads.lockedBy, holder), lt(uploads.lockedUntil, at)),
          ),
        )
        .returning({ id: uploads.id });
      return rows.length > 0;
    },

    async unlock(held) {
      await change(held, { lockedBy: null, lockedUntil: null });
    },

    async setLength({ id, holder, length }) {
      const rows = await db
        .update(uploads)
        .set({ length })
        .where(and(heldBy({ id, holder }), isNull(uploads.length)))
        .returning({ id: uploads.id });
      return rows.length > 0;
    },

    setReceived: ({ received, expiresAt, ...held }) => change(held, { received, expiresAt }),
    setResult: ({ result, ...held }) => change(held, { result: { ...result } }),

    async delete(held) {
      const rows = await db.delete(uploads).where(heldBy(held)).returning({ id: uploads.id });
      return rows.length > 0;
    },
  };
}
