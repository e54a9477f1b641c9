import type { Readable } from 'node:stream';
import type { Campaign, Client, GuestReceipt } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { can } from '../access/policy.ts';
import { campaignResource } from '../access/resource-of.ts';
import { AppError } from '../app-error.ts';
import { recordSystemChange } from '../audit/record-change.ts';
import { assertLinkPassword } from '../identity/link-password.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { hashOfToken } from '../shares/share-service.ts';
import { checkType } from '../uploads/check-type.ts';
import { assetNameOf } from '../uploads/file-name.ts';
import { withStored } from '../uploads/store-staged.ts';
import { uploadLinkState } from './present-upload-link.ts';
import type { UploadLinkRecord } from './upload-link-repository.ts';

/** Who comes with an upload link. */
export interface Guest {
  readonly token: string;
  /** What `unlock` gave; null: nothing yet. */
  readonly pass: string | null;
  readonly address: string | null;
}

interface OpenedLink {
  readonly link: UploadLinkRecord;
  readonly client: Client;
  readonly campaign: Campaign;
}

interface Sent {
  readonly sender: string;
  readonly fileName: string;
  readonly staged: StagedBlob;
  /** Aborting means that the sender has gone: nothing is kept then. */
  readonly signal?: AbortSignal;
}

/**
 * What people may do who have an upload link and no account. Every method fails with `not_found`, in the same words, for a link that is
 * unknown, expired or revoked, or whose maker may not take files there any more; all but `open` and `unlock` with `unauthenticated`
 * where the password was not given.
 */
export interface GuestService {
  /** Null where a password is needed first. */
  open(guest: Guest): Promise<OpenedLink | null>;
  /** Answers what to show from now on. Fails with `forbidden` for a wrong password, and `rate_limited`. */
  unlock(guest: Guest, password: string): Promise<string>;
  /** Before bytes are read: fails with `quota_exceeded` when so many can not come any more. */
  admit(guest: Guest, bytes: number): Promise<void>;
  /** Receives bytes into the staging area, no more than the link takes. */
  stage(guest: Guest, source: Readable, signal: AbortSignal): Promise<StagedBlob>;
  /**
   * Keeps a file until somebody decides about it; no asset is made. Whatever happens, the staged file is gone afterwards. Fails with
   * `quota_exceeded`, and for its bytes as every upload does.
   */
  receive(guest: Guest, sent: Sent): Promise<GuestReceipt>;
}

const number = new Intl.NumberFormat('en');

const gone = () =>
  new AppError(
    'not_found',
    'This link does not work any more, or never did. Ask whoever sent it for a new one.',
  );

const leftOf = ({ maxBytes, maxFiles, usedBytes, usedFiles }: UploadLinkRecord) => ({
  bytes: Math.max(0, maxBytes - usedBytes),
  files: Math.max(0, maxFiles - usedFiles),
});

const full = ({ bytes, files }: ReturnType<typeof leftOf>) =>
  new AppError(
    'quota_exceeded',
    `The link takes ${number.format(files)} more files with ${number.format(bytes)} bytes together. Send less, or ask whoever sent it for another link.`,
  );

function assertRoom(link: UploadLinkRecord, bytes: number): void {
  const left = leftOf(link);
  if (left.files < 1 || bytes > left.bytes || left.bytes < 1) throw full(left);
}

export function createGuestService(dependencies: ServiceDependencies): GuestService {
  const { database, clock, ids, passes, staging, inspector, scanner, maxUploadBytes } = dependencies;

  async function found(readers: Readers, { token }: Guest): Promise<OpenedLink> {
    const link = await readers.uploadLinks.findByToken(hashOfToken(token));
    if (!link || uploadLinkState(link, clock.now()) !== 'active') throw gone();
    const maker = await readers.users.find(link.createdBy.id);
    const client = await readers.clients.find(link.clientId);
    const campaign = await readers.campaigns.find(link.campaignId);
    if (!maker || !client || !campaign) throw gone();
    const actor: Actor = { kind: 'user', userId: maker.id, role: maker.role };
    if (!can(actor, 'uploadLink.write', await campaignResource(readers, actor, campaign))) throw gone();
    return { link, client, campaign };
  }

  const isLocked = ({ link }: OpenedLink, { pass }: Guest) =>
    link.passwordHash !== null && !(pass !== null && passes.isGood(link, pass));

  async function unlocked(readers: Readers, guest: Guest): Promise<OpenedLink> {
    const opened = await found(readers, guest);
    if (isLocked(opened, guest)) {
      throw new AppError('unauthenticated', 'Open the link itself first; it asks for a password.');
    }
    return opened;
  }

  /** As for every upload, but what is refused is not kept: a stranger could fill the disk with it. The audit log tells of it. */
  async function scan({ link }: OpenedLink, { sender, fileName, staged }: Sent): Promise<void> {
    const verdict = scanner ? await scanner.scan(staged.path) : ({ clean: true } as const);
    if (verdict.clean) return;
    const { sha256, size } = staged;
    const { reason } = verdict;
    await database.transaction((writers) =>
      recordSystemChange(writers, clock.now(), {
        action: 'guestFile.infected',
        target: { type: 'uploadLink', id: link.id },
        clientId: link.clientId,
        after: { sender, fileName, sha256, size, reason },
      }),
    );
    throw new AppError('infected', `The scan refused the file: ${reason}. Send another one.`);
  }

  async function keep(guest: Guest, { sender, fileName, staged, signal }: Sent): Promise<GuestReceipt> {
    const opened = await database.read((readers) => unlocked(readers, guest));
    if (staged.size === 0) {
      throw new AppError(
        'unreadable_media',
        'The file is empty (0 bytes). Choose another one or export it again.',
      );
    }
    assertRoom(opened.link, staged.size);
    await scan(opened, { sender, fileName, staged });
    const { path, size, sha256 } = staged;
    checkType(await inspector.inspect({ path, size, fileName }), { type: undefined, fileName });
    const at = clock.now();
    return withStored(dependencies, staged, (blob) =>
      database.transaction(async (writers) => {
        signal?.throwIfAborted();
        // Of several that come at once, each sees those before it.
        await writers.uploadLinks.lock(opened.link.id);
        const { link } = await unlocked(writers, guest);
        assertRoom(link, size);
        await writers.blobs.ensure({ ...blob, at });
        const id = ids.guestFile();
        await writers.guestFiles.insert({ id, linkId: link.id, sender, fileName, sha256, size, at });
        await recordSystemChange(writers, at, {
          action: 'guestFile.receive',
          target: { type: 'guestFile', id },
          clientId: link.clientId,
          after: { linkId: link.id, sender, fileName, sha256, size },
        });
        const { bytes, files } = leftOf(link);
        return { fileName, size, left: { bytes: bytes - size, files: files - 1 } };
      }),
    );
  }

  return {
    open: (guest) =>
      database.read(async (readers) => {
        const opened = await found(readers, guest);
        return isLocked(opened, guest) ? null : opened;
      }),

    async unlock(guest, password) {
      const { link } = await database.read((readers) => found(readers, guest));
      const { passwordHash } = link;
      if (passwordHash !== null) {
        const attempt = { link: `upload-link:${link.id}`, address: guest.address, password, passwordHash };
        await assertLinkPassword(dependencies, attempt);
      }
      return passes.issue(link);
    },

    admit: (guest, bytes) =>
      database.read(async (readers) => assertRoom((await unlocked(readers, guest)).link, bytes)),

    async stage(guest, source, signal) {
      const { link } = await database.read((readers) => unlocked(readers, guest));
      const left = leftOf(link);
      const maxBytes = Math.min(maxUploadBytes, left.bytes);
      try {
        return await staging.receive(source, { maxBytes, signal });
      } catch (error) {
        const isOver = error instanceof AppError && error.code === 'too_large';
        throw isOver && maxBytes < maxUploadBytes ? full(left) : error;
      }
    },

    async receive(guest, { fileName, ...sent }) {
      try {
        return await keep(guest, { ...sent, fileName: assetNameOf(fileName) });
      } finally {
        await staging.discard(sent.staged);
      }
    },
  };
}
