import { accountRouter } from './routers/account.ts';
import { assetRouter } from './routers/asset.ts';
import { auditRouter } from './routers/audit.ts';
import { campaignRouter } from './routers/campaign.ts';
import { changeRouter } from './routers/change.ts';
import { clientRouter } from './routers/client.ts';
import { collectionRouter } from './routers/collection.ts';
import { contextRouter } from './routers/context.ts';
import { grantRouter } from './routers/grant.ts';
import { guestRouter } from './routers/guest.ts';
import { importRouter } from './routers/import.ts';
import { jobRouter } from './routers/job.ts';
import { keyRouter } from './routers/key.ts';
import { lineageRouter } from './routers/lineage.ts';
import { quarantineRouter } from './routers/quarantine.ts';
import { sessionRouter } from './routers/session.ts';
import { shareRouter } from './routers/share.ts';
import { systemRouter } from './routers/system.ts';
import { tagRouter } from './routers/tag.ts';
import { trashRouter } from './routers/trash.ts';
import { uploadLinkRouter } from './routers/upload-link.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every operation, once. */
export const appRouter = router({
  account: accountRouter,
  client: clientRouter,
  campaign: campaignRouter,
  asset: assetRouter,
  tag: tagRouter,
  collection: collectionRouter,
  trash: trashRouter,
  context: contextRouter,
  lineage: lineageRouter,
  grant: grantRouter,
  session: sessionRouter,
  key: keyRouter,
  share: shareRouter,
  uploadLink: uploadLinkRouter,
  guest: guestRouter,
  quarantine: quarantineRouter,
  audit: auditRouter,
  change: changeRouter,
  import: importRouter,
  job: jobRouter,
  system: systemRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
