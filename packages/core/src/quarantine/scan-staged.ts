import type { ClientId } from '@vitrine/schema';
import { v7 } from 'uuid';
import type { Caller } from '../access/actor.ts';
import { AppError } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';

interface Arrived {
  readonly clientId: ClientId;
  readonly fileName: string;
  readonly staged: StagedBlob;
}

/**
 * Lets the scan look at a file, if there is one. A file that it refuses goes into quarantine, which the audit log tells, and `infected` is
 * what the sender hears; without a verdict it is `unavailable`.
 */
export async function scanStaged(
  { scanner, quarantine, database, clock }: ServiceDependencies,
  caller: Caller,
  { clientId, fileName, staged }: Arrived,
): Promise<void> {
  if (!scanner) return;
  const verdict = await scanner.scan(staged.path);
  if (verdict.clean) return;
  const { sha256, size } = staged;
  const { reason } = verdict;
  await quarantine.put(staged);
  const at = clock.now();
  await database.transaction(async (writers) => {
    const file = { id: v7(), clientId, userId: caller.actor.userId, fileName, sha256, size, reason, at };
    await writers.quarantine.insert(file);
    await recordChange(writers, caller, at, {
      action: 'file.quarantine',
      target: { type: 'client', id: clientId },
      clientId,
      after: { fileName, sha256, size, reason },
    });
  });
  throw new AppError(
    'infected',
    `The scan refused the file: ${reason}. It was put into quarantine and is not in the library; tell whoever runs this installation.`,
  );
}
