/** What a blob's row says before anything has befallen it. */
export const newBlob = {
  unreferencedAt: null,
  deletingAt: null,
  verifiedAt: null,
  damagedAt: null,
  damage: null,
  movedFrom: null,
  movedAt: null,
} as const;
