import type { ClientId, Derivation, Generation, VersionRef } from '@vitrine/schema';
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

async function assertKnown(
  writers: Writers,
  clientId: ClientId,
  derivedFrom: readonly Derivation[],
): Promise<void> {
  const known = new Set((await writers.lineage.known({ clientId, versions: derivedFrom })).map(nameOf));
  if (!derivedFrom.every((source) => known.has(nameOf(source)))) throw notFound('asset');
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
 * already, behind `lineage.lock`. Fails with `not_found` for a source that is missing, in the trash or another client's, and with
 * `lineage_cycle`.
 */
export async function recordLineage(writers: Writers, recorded: RecordedLineage): Promise<void> {
  const { assetId, version, clientId, generation } = recorded;
  if (recorded.derivedFrom) {
    const derivedFrom = withoutRepeats(recorded.derivedFrom);
    if (derivedFrom.length > 0) {
      await assertKnown(writers, clientId, derivedFrom);
      await assertNoCircle(writers, { assetId, version }, derivedFrom);
    }
    await writers.lineage.setDerivedFrom({ assetId, version, clientId }, derivedFrom);
  }
  if (generation !== undefined) await writers.lineage.setGeneration({ assetId, version }, generation);
}
