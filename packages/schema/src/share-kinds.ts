/** What a share link shows: one asset, several, a collection or all of a campaign. */
export const shareTargetKinds = ['asset', 'assets', 'collection', 'campaign'] as const;
export type ShareTargetKind = (typeof shareTargetKinds)[number];

/** Which bytes a share link gives: those that were uploaded, or only what was made of them. */
export const shareQualities = ['originals', 'previews'] as const;
export type ShareQuality = (typeof shareQualities)[number];

export const shareVisitKinds = ['open', 'download'] as const;
export type ShareVisitKind = (typeof shareVisitKinds)[number];

/** What became of a file that a guest sent. */
export const guestFileStates = ['waiting', 'accepted', 'refused'] as const;
export type GuestFileState = (typeof guestFileStates)[number];
