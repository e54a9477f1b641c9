import { type AiUse, type Rights, unknownRights } from '@vitrine/schema';

/** The columns of `asset_versions` that say what a version may be used for. Moments in milliseconds. */
export interface RightsColumns {
  readonly licence: string | null;
  /** The first moment of use. */
  readonly validFrom: number | null;
  /** The last one: the last millisecond of a day. */
  readonly validTo: number | null;
  /** Null as well as an empty list: no bounds. */
  readonly territories: string[] | null;
  readonly channels: string[] | null;
  readonly credit: string | null;
  readonly aiUse: AiUse;
}

const dayMs = 86_400_000;
const dayOf = (moment: number | null) =>
  moment === null ? null : new Date(moment).toISOString().slice(0, 10);
const startOf = (day: string | null) => (day === null ? null : Date.parse(`${day}T00:00:00.000Z`));

export function toRights(columns: RightsColumns): Rights {
  const { licence, validFrom, validTo, territories, channels, credit, aiUse } = columns;
  return {
    licence,
    from: dayOf(validFrom),
    to: dayOf(validTo),
    territories: territories ?? [],
    channels: channels ?? [],
    credit,
    aiUse,
  };
}

export function fromRights(rights: Rights = unknownRights): RightsColumns {
  const { licence, from, to, territories, channels, credit, aiUse } = rights;
  const lastDay = startOf(to);
  return {
    licence,
    validFrom: startOf(from),
    validTo: lastDay === null ? null : lastDay + dayMs - 1,
    territories: [...territories],
    channels: [...channels],
    credit,
    aiUse,
  };
}
