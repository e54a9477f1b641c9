import { randomBytes } from 'node:crypto';
import {
  maxUploadLinkDays,
  type UploadLink,
  type UploadLinkId,
  type uploadLinkCreateInputSchema,
  type uploadLinkListInputSchema,
  type uploadLinkUpdateInputSchema,
  usualUploadLinkDays,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedCampaign } from '../access/authorized.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, invalidField, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Readers, Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { hashOfToken } from '../shares/share-service.ts';
import { presentUploadLink } from './present-upload-link.ts';
import type { UploadLinkRecord } from './upload-link-repository.ts';

type Create = z.output<typeof uploadLinkCreateInputSchema>;
type List = z.output<typeof uploadLinkListInputSchema>;
type Update = z.output<typeof uploadLinkUpdateInputSchema>;

/** A link that was just made, with what opens it: told this one time, only its hash is kept. */
interface IssuedUploadLink {
  readonly link: UploadLink;
  readonly token: string;
}

/** Links with which guests send files for a campaign. Every method fails with `not_found` where the caller may not. */
export interface UploadLinkService {
  create(caller: Caller, input: Create): Promise<IssuedUploadLink>;
  /** The newest first. */
  list(caller: Caller, input: List): Promise<UploadLink[]>;
  /** Fails with `invalid_input` for an end that has passed and for a link that was revoked. */
  update(caller: Caller, input: Update): Promise<UploadLink>;
  /** Nothing comes through it from now on; what came stays. Revoked twice is revoked. */
  revoke(caller: Caller, id: UploadLinkId): Promise<UploadLink>;
}

const dayMs = 86_400_000;

/** Milliseconds. */
function endOf(text: string | undefined, now: number): number {
  if (text === undefined) return now + usualUploadLinkDays * dayMs;
  const expiresAt = Date.parse(text);
  if (expiresAt <= now) throw invalidField(['expiresAt'], 'has passed; choose a later moment');
  if (expiresAt > now + maxUploadLinkDays * dayMs)
    throw invalidField(['expiresAt'], `must be within ${maxUploadLinkDays} days`);
  return expiresAt;
}

/** The link, if the actor may manage those of its campaign. */
async function authorizedLink(
  readers: Readers,
  { actor }: Caller,
  id: UploadLinkId,
): Promise<UploadLinkRecord> {
  const action = 'uploadLink.write';
  assertCredential(actor, action);
  const link = await readers.uploadLinks.find(id);
  if (!link) throw notFound('upload link');
  try {
    await authorizedCampaign(readers, { actor, action, id: link.campaignId });
  } catch (error) {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('upload link') : error;
  }
  return link;
}

async function stored(readers: Readers, id: UploadLinkId): Promise<UploadLinkRecord> {
  const link = await readers.uploadLinks.find(id);
  if (!link) throw new Error('The upload link is not there after it was written.');
  return link;
}

/** What the log keeps: nothing with which the link could be opened. */
function audited(link: UploadLinkRecord, now: number) {
  const {
    createdBy,
    usedBytes: _bytes,
    usedFiles: _files,
    waitingFiles: _waiting,
    ...kept
  } = presentUploadLink(link, now);
  return { ...kept, createdBy: createdBy.id };
}

export function createUploadLinkService({
  database,
  clock,
  ids,
  passwords,
}: Pick<ServiceDependencies, 'database' | 'clock' | 'ids' | 'passwords'>): UploadLinkService {
  function note(
    writers: Writers,
    caller: Caller,
    action: string,
    { before, after }: { readonly before?: UploadLinkRecord; readonly after: UploadLinkRecord },
  ) {
    const now = clock.now();
    return recordChange(writers, caller, now, {
      action,
      target: { type: 'uploadLink', id: after.id },
      clientId: after.clientId,
      before: before ? audited(before, now) : null,
      after: audited(after, now),
    });
  }

  return {
    async create(caller, { campaignId, password, expiresAt, ...settings }) {
      const { actor } = caller;
      assertCredential(actor, 'uploadLink.write');
      const at = clock.now();
      const ends = endOf(expiresAt, at);
      // Outside the transaction: it takes a tenth of a second.
      const passwordHash = password === undefined ? null : await passwords.hash(password);
      return database.transaction(async (writers) => {
        const check = { actor, action: 'uploadLink.write', id: campaignId } as const;
        const { clientId } = await authorizedCampaign(writers, check);
        const id = ids.uploadLink();
        const token = randomBytes(32).toString('base64url');
        await writers.uploadLinks.insert({
          ...{ ...settings, id, clientId, campaignId, passwordHash, at },
          ...{ userId: actor.userId, tokenHash: hashOfToken(token), expiresAt: ends },
        });
        const after = await stored(writers, id);
        await note(writers, caller, 'uploadLink.create', { after });
        return { link: presentUploadLink(after, at), token };
      });
    },

    list: ({ actor }, { campaignId }) =>
      database.read(async (readers) => {
        await authorizedCampaign(readers, { actor, action: 'uploadLink.read', id: campaignId });
        const links = await readers.uploadLinks.list(campaignId);
        return links.map((link) => presentUploadLink(link, clock.now()));
      }),

    async update(caller, { id, password, expiresAt, ...changes }) {
      assertCredential(caller.actor, 'uploadLink.write');
      const at = clock.now();
      const passwordHash = typeof password === 'string' ? await passwords.hash(password) : password;
      return database.transaction(async (writers) => {
        await writers.uploadLinks.lock(id);
        const before = await authorizedLink(writers, caller, id);
        if (before.revokedAt !== null) {
          throw invalidField(['id'], 'is of a link that was revoked; make a new one');
        }
        await writers.uploadLinks.update(id, {
          name: changes.name ?? before.name,
          message: changes.message === undefined ? before.message : changes.message,
          maxBytes: changes.maxBytes ?? before.maxBytes,
          maxFiles: changes.maxFiles ?? before.maxFiles,
          passwordHash: passwordHash === undefined ? before.passwordHash : passwordHash,
          expiresAt: expiresAt === undefined ? before.expiresAt : endOf(expiresAt, at),
        });
        const after = await stored(writers, id);
        await note(writers, caller, 'uploadLink.update', { before, after });
        return presentUploadLink(after, at);
      });
    },

    revoke(caller, id) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const before = await authorizedLink(writers, caller, id);
        if (!(await writers.uploadLinks.revoke(id, at))) return presentUploadLink(before, at);
        const after = await stored(writers, id);
        await note(writers, caller, 'uploadLink.revoke', { before, after });
        return presentUploadLink(after, at);
      });
    },
  };
}
