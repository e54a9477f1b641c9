import { type AuditWriter, type NewAuditEvent, systemClock } from '@vitrine/core';
import type { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { z } from 'zod';

export type IdentityAdapter = ReturnType<ReturnType<typeof drizzleAdapter>>;

/** What is kept of each model: no token, no hash, and nothing that every request changes. Models that are missing are not noted. */
const noted: Readonly<Record<string, readonly string[]>> = {
  user: ['email', 'name', 'role', 'disabledAt'],
  session: ['userId', 'userAgent', 'expiresAt'],
  account: ['userId', 'providerId'],
  passkey: ['userId', 'name', 'deviceType', 'backedUp'],
  apikey: ['referenceId', 'name', 'start', 'permissions', 'metadata', 'enabled', 'expiresAt'],
};

/** What an update has to name to be noted; of sessions that is nothing: they only grow older. */
const telling: Readonly<Record<string, readonly string[]>> = {
  ...noted,
  session: [],
  account: ['password'],
  // Its counter goes up with each use.
  passkey: ['name'],
};

const rowSchema = z.looseObject({
  id: z.string(),
  userId: z.string().optional(),
  referenceId: z.string().optional(),
  expiresAt: z.date().nullish(),
  ipAddress: z.string().nullish(),
});
type Row = z.output<typeof rowSchema>;

const all = 100_000;

function kept(model: string, row: Row | null): Record<string, unknown> | null {
  if (!row) return null;
  const value = (name: string) => (row[name] instanceof Date ? row[name].toISOString() : (row[name] ?? null));
  return Object.fromEntries((noted[model] ?? []).map((name) => [name, value(name)]));
}

/** People sign themselves in and out and make their own keys; what runs out is removed by the system, which makes users too. */
function eventOf(
  verb: 'create' | 'update' | 'delete',
  model: string,
  { before, after, row }: { before: Row | null; after: Row | null; row: Row },
): NewAuditEvent {
  const at = systemClock.now();
  const lapsed = verb === 'delete' && row.expiresAt && row.expiresAt.getTime() <= at;
  // Accounts are made by the system; only their own people change them through here, their password.
  const bySystem = lapsed || (model === 'account' && verb !== 'update');
  const who = bySystem ? undefined : (row.userId ?? row.referenceId);
  return {
    at,
    actorKind: who === undefined ? 'system' : 'user',
    actorId: who ?? null,
    action: `${model}.${verb}`,
    targetType: model,
    targetId: row.id,
    clientId: null,
    before: kept(model, before),
    after: kept(model, after),
    requestId: null,
    address: row.ipAddress ?? null,
  };
}

/** An adapter inside of a transaction, which notes what it writes in the audit log. */
export function audited(adapter: IdentityAdapter, audit: AuditWriter): IdentityAdapter {
  type Where = Parameters<IdentityAdapter['deleteMany']>[0];

  const rows = async ({ model, where }: Pick<Where, 'model' | 'where'>): Promise<Row[]> =>
    model in noted ? z.array(rowSchema).parse(await adapter.findMany({ model, where, limit: all })) : [];

  async function making<T>(model: string, work: () => Promise<T>): Promise<T> {
    const made = await work();
    if (model in noted) {
      const row = rowSchema.parse(made);
      await audit.append(eventOf('create', model, { before: null, after: row, row }));
    }
    return made;
  }

  async function changing<T>(
    { model, where, update }: Pick<Where, 'model' | 'where'> & { update: object },
    work: () => Promise<T>,
  ): Promise<T> {
    if (!telling[model]?.some((name) => name in update)) return work();
    const befores = await rows({ model, where });
    const result = await work();
    for (const before of befores) {
      // By its id: the update may have changed what was looked for.
      const [after = null] = await rows({ model, where: [{ field: 'id', value: before.id }] });
      await audit.append(eventOf('update', model, { before, after, row: before }));
    }
    return result;
  }

  async function removing<T>(data: Pick<Where, 'model' | 'where'>, work: () => Promise<T>): Promise<T> {
    const befores = await rows(data);
    const result = await work();
    for (const before of befores) {
      await audit.append(eventOf('delete', data.model, { before, after: null, row: before }));
    }
    return result;
  }

  return {
    ...adapter,
    create: (data) => making(data.model, () => adapter.create(data)),
    update: (data) => changing(data, () => adapter.update(data)),
    updateMany: (data) => changing(data, () => adapter.updateMany(data)),
    delete: (data) => removing(data, () => adapter.delete(data)),
    deleteMany: (data) => removing(data, () => adapter.deleteMany(data)),
    transaction: (work) => work(audited(adapter, audit)),
  };
}
