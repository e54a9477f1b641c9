import { describe, expect, it } from 'vitest';
import { errorCodes, errorTable } from './index.ts';

describe('the error table', () => {
  it('has the statuses that the contract promises', () => {
    expect(Object.fromEntries(errorCodes.map((code) => [code, errorTable[code].status]))).toEqual({
      invalid_input: 400,
      unauthenticated: 401,
      forbidden: 403,
      not_found: 404,
      conflict: 409,
      still_running: 409,
      locked: 423,
      in_use: 409,
      not_empty: 409,
      too_large: 413,
      unsupported_format: 415,
      campaign_client_mismatch: 422,
      type_mismatch: 422,
      unreadable_media: 422,
      rendition_failed: 422,
      idempotency_key_reused: 422,
      lineage_cycle: 422,
      url_not_allowed: 422,
      checksum_mismatch: 460,
      infected: 422,
      fetch_failed: 502,
      quota_exceeded: 413,
      rate_limited: 429,
      damaged: 500,
      internal: 500,
      unavailable: 503,
      storage_full: 507,
    });
  });
});
