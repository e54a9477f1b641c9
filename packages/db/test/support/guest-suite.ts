import { type NewUploadLink, uuidIds, type Writers } from '@vitrine/core';
import {
  assetIdSchema,
  type GuestFileId,
  type GuestFilePosition,
  type Sha256,
  sha256Schema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What upload links and the files that came through them are on every database. */
export function describeGuests(name: string, open: () => Promise<TestDatabase>): void {
  describe(`upload links on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;
    let made = 0;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(() => target?.[Symbol.asyncDispose]());

    const nextHash = (): Sha256 => {
      made += 1;
      return sha256Schema.parse(String(made).padStart(64, '0'));
    };
    async function addLink(change: Partial<NewUploadLink> = {}): Promise<NewUploadLink> {
      const link: NewUploadLink = {
        id: uuidIds.uploadLink(),
        clientId: agency.clientId,
        campaignId: agency.campaignId,
        userId: agency.userId,
        name: 'For the crew',
        message: null,
        tokenHash: nextHash(),
        passwordHash: null,
        maxBytes: 10 ** 15,
        maxFiles: 3,
        expiresAt: 9000,
        at: made,
        ...change,
      };
      await target.database.transaction(({ uploadLinks }) => uploadLinks.insert(link));
      return link;
    }
    async function addFile(writers: Writers, link: NewUploadLink, size = 10): Promise<GuestFileId> {
      const [id, sha256] = [uuidIds.guestFile(), nextHash()];
      await writers.blobs.ensure({ sha256, size, store: 'memory', known: false, at: 1 });
      const about = { linkId: link.id, sender: 'Kim', fileName: 'a.png' };
      await writers.guestFiles.insert({ ...about, id, sha256, size, at: Math.ceil(made / 4) });
      return id;
    }
    const sendThrough = (link: NewUploadLink, size?: number) =>
      target.database.transaction((writers) => addFile(writers, link, size));
    const find = ({ id }: NewUploadLink) => target.database.read(({ uploadLinks }) => uploadLinks.find(id));
    const decide = (id: GuestFileId, assetId: string | null) =>
      target.database.transaction(({ guestFiles }) =>
        guestFiles.decide({
          id,
          assetId: assetId === null ? null : assetIdSchema.parse(assetId),
          by: agency.userId,
          at: 5,
        }),
      );

    it('count what came as numbers, also beyond 32 bits, whatever was decided about it', async () => {
      const link = await addLink();
      await sendThrough(link, 5_000_000_000);
      const refused = await sendThrough(link, 7);
      expect(await decide(refused, null)).toBe(true);
      expect(await find(link)).toMatchObject({ usedBytes: 5_000_000_007, usedFiles: 2, waitingFiles: 1 });
    });

    it('take no more files than they may, however many transactions count at once', async () => {
      const link = await addLink();
      const taken = await Promise.all(
        Array.from({ length: 8 }, () =>
          target.database.transaction(async (writers) => {
            await writers.uploadLinks.lock(link.id);
            const now = await writers.uploadLinks.find(link.id);
            if (!now || now.usedFiles >= now.maxFiles) return false;
            await addFile(writers, link);
            return true;
          }),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(3);
    });

    it('have each file decided about once, by whoever is first', async () => {
      const link = await addLink();
      const id = await sendThrough(link);
      const asset = uuidIds.asset();
      const decisions = await Promise.all([decide(id, asset), decide(id, null), decide(id, asset)]);
      expect(decisions.filter(Boolean)).toHaveLength(1);
    });

    it('list the files that wait first, and let go of the bytes of those that were refused', async () => {
      const link = await addLink({ campaignId: agency.otherCampaignId });
      const [waiting, refused] = [await sendThrough(link), await sendThrough(link)];
      await decide(refused, null);
      const { clientId, otherCampaignId: campaignId } = agency;
      const files = await target.database.read(({ guestFiles }) =>
        guestFiles.list({ clientId, campaignId, limit: 10 }),
      );
      expect(files.map(({ id, state, blob }) => ({ id, state, hasBytes: blob !== null }))).toEqual([
        { id: waiting, state: 'waiting', hasBytes: true },
        { id: refused, state: 'refused', hasBytes: false },
      ]);
    });

    it('list their files page by page, those of the same moment too, each once', async () => {
      const link = await addLink({ campaignId: agency.otherCampaignId });
      const ids = await Promise.all([1, 2, 3, 4, 5].map(() => sendThrough(link)));
      await Promise.all(ids.slice(0, 2).map((id) => decide(id, null)));
      const { clientId, otherCampaignId: campaignId } = agency;
      const page = (after: GuestFilePosition | undefined, limit: number) =>
        target.database.read(({ guestFiles }) => guestFiles.list({ clientId, campaignId, after, limit }));
      const whole = (await page(undefined, 100)).map(({ id }) => id);
      const seen: GuestFileId[] = [];
      for (let after: GuestFilePosition | undefined; ; ) {
        const [file] = await page(after, 1);
        if (!file) break;
        seen.push(file.id);
        after = { waits: file.state === 'waiting', at: file.createdAt, id: file.id };
      }
      expect(whole).toEqual(expect.arrayContaining(ids));
      expect(seen).toEqual(whole);
    });

    it('are forgotten with all that came through them', async () => {
      const link = await addLink();
      const id = await sendThrough(link);
      await target.database.transaction(({ uploadLinks }) => uploadLinks.forget(agency.campaignId));
      expect(await find(link)).toBeNull();
      expect(await target.database.read(({ guestFiles }) => guestFiles.find(id))).toBeNull();
    });
  });
}
