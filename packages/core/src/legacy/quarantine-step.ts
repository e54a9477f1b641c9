import { type ClientId, type LegacyNote, type UserId, unassignedClientId } from '@vitrine/schema';
import { recordSystemChange } from '../audit/record-change.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import { ensureUnassignedClient } from './unassigned-client.ts';

interface Kept {
  readonly id: string;
  readonly clientId: ClientId;
  readonly userId: UserId;
  readonly fileName: string;
  readonly reason: string;
  readonly notes: readonly LegacyNote[];
}

/** Keeps bytes that are no asset as they are. */
export function quarantineStep(
  run: LegacyRun,
  staged: StagedBlob,
  { notes, ...file }: Kept,
): LegacyStep & { readonly outcome: 'quarantined' } {
  const { sha256, size } = staged;
  return {
    outcome: 'quarantined',
    targetId: file.id,
    notes,
    staged,
    async write(writers, at) {
      if (file.clientId === unassignedClientId) await ensureUnassignedClient(writers, run.ownerId, at);
      await writers.quarantine.insert({ ...file, sha256, size, at });
      await recordSystemChange(writers, at, {
        action: 'file.quarantine',
        target: { type: 'client', id: file.clientId },
        clientId: file.clientId,
        after: { fileName: file.fileName, sha256, size, reason: file.reason },
      });
    },
  };
}
