import type { ClientId, Derivation, Generation, VersionRef } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import type { Visibility } from '../access/policy.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { AppError, notFound } from '../app-error.ts';
import type { Writers } from '../ports/database.ts';

/** What is said of where a version came from; what is left out stays as it is. */
interface RecordedLineage {
  readonly assetId: VersionRef['assetId'];
  readonly version: number;
  /** Of the asset. */
  readonly clientId: ClientId;
  readonly derivedFrom?: readonly Derivation[] | undefined;
  readonly generation?: Generation | null | undefined;
}

const nameOf = ({ assetId, version }: VersionRef) => `${assetId}, version ${version}`;

/** The same source in the same role is said once. */
function withoutRepeats(derivedFrom: readonly Derivation[]): Derivation[] {
  return [...new Map(derivedFrom.map((one) => [`${nameOf(one)} ${one.role}`, one])).values()];
}

/** Which of these the actor sees. */
async function seenOf(
  writers: Writers,
  visibility: Visibility,
  derivedFrom: readonly Derivation[],
): Promise<(source: Derivation) => boolean> {
  const ids = [...new Set(derivedFrom.map(({ assetId }) => assetId))];
  const seen = new Set(await writers.access.visible({ ids, visibility }));
  return ({ assetId }) => seen.has(assetId);
}

/** What was written down already may be said again, though it is in the trash by now. */
async function assertKnown(
  writers: Writers,
  clientId: ClientId,
  derivedFrom: readonly Derivation[],
  before: readonly Derivation[],
): Promise<void> {
  const known = await writers.lineage.known({ clientId, versions: derivedFrom });
  const names = new Set([...known, ...before].map(nameOf));
  if (!derivedFrom.every((source) => names.has(nameOf(source)))) throw notFound('asset');
}

async function assertNoCircle(
  writers: Writers,
  version: VersionRef,
  derivedFrom: readonly Derivation[],
): Promise<void> {
  const own = derivedFrom.some((source) => nameOf(source) === nameOf(version));
  if (!own && !(await writers.lineage.anyMadeOf(version, derivedFrom))) return;
  throw new AppError(
    'lineage_cycle',
    `The asset ${nameOf(version)}, would be made of itself: what it is to be made of is made of it. Check 'derivedFrom'.`,
  );
}

/**
 * Writes down what a version is made of and how it was generated, in the transaction that makes it or, for one that is there
 * already, behind `lineage.lock`. Sources that the actor does not see stay. Fails with `not_found` for a source that is missing, not seen, newly named though
 * in the trash, or another client's, and with `lineage_cycle`.
 */
export async function recordLineage(
  writers: Writers,
  actor: Actor,
  recorded: RecordedLineage,
): Promise<void> {
  const { assetId, version, clientId, generation } = recorded;
  if (recorded.derivedFrom) {
    const said = withoutRepeats(recorded.derivedFrom);
    const before = await writers.lineage.derivedFrom({ assetId, version });
    const visibility = await visibilityIn(writers, actor, clientId);
    const isSeen = await seenOf(writers, visibility, [...said, ...before]);
    if (!said.every(isSeen)) throw notFound('asset');
    if (said.length > 0) {
      await assertKnown(writers, clientId, said, before);
      await assertNoCircle(writers, { assetId, version }, said);
    }
    // What they do not see they cannot mean to strike out.
    const derivedFrom = [...said, ...before.filter((source) => !isSeen(source))];
    await writers.lineage.setDerivedFrom({ assetId, version, clientId }, derivedFrom);
  }
  if (generation !== undefined) await writers.lineage.setGeneration({ assetId, version }, generation);
}
