import { z } from 'zod';

/** Every error that Vitrine answers, with its HTTP status and the title that stays the same each time. */
export const errorTable = {
  invalid_input: { status: 400, title: 'The request has a missing or malformed field.' },
  unauthenticated: { status: 401, title: 'A valid API key or session is needed.' },
  forbidden: { status: 403, title: 'This key or role may not do that.' },
  not_found: { status: 404, title: 'There is nothing here that you may see.' },
  conflict: { status: 409, title: 'It was edited meanwhile.' },
  still_running: { status: 409, title: 'The same request is still being worked on.' },
  locked: { status: 423, title: 'Somebody else is writing to it.' },
  in_use: { status: 409, title: 'Something else still uses it.' },
  not_empty: { status: 409, title: 'It still holds something.' },
  too_large: { status: 413, title: 'The file is over the size limit.' },
  unsupported_format: { status: 415, title: 'Files of this format are not accepted.' },
  campaign_client_mismatch: { status: 422, title: 'The campaign belongs to another client.' },
  type_mismatch: { status: 422, title: 'The bytes contradict the declared type.' },
  unreadable_media: { status: 422, title: 'The file is empty, truncated or unreadable.' },
  rendition_failed: { status: 422, title: 'This cannot be made from the file.' },
  idempotency_key_reused: { status: 422, title: 'This key was used for another request.' },
  lineage_cycle: { status: 422, title: 'Nothing can be made of itself.' },
  url_not_allowed: { status: 422, title: 'This address may not be fetched.' },
  fetch_failed: { status: 502, title: 'The file could not be fetched from its address.' },
  quota_exceeded: { status: 413, title: 'The client has no room left for this.' },
  checksum_mismatch: { status: 460, title: 'The bytes are not those of the checksum.' },
  infected: { status: 422, title: 'The scan refused the file.' },
  rate_limited: { status: 429, title: 'Too many requests.' },
  damaged: { status: 500, title: 'The stored bytes are damaged.' },
  internal: { status: 500, title: 'Something went wrong on the server.' },
  unavailable: { status: 503, title: 'The server cannot take this now.' },
  storage_full: { status: 507, title: 'There is no room left to store this.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorTable;
export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
export const errorCodeSchema = z.enum(errorCodes).meta({ id: 'ErrorCode' });

/** One field that is wrong. */
export const inputIssueSchema = z.strictObject({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
  code: z.string().optional(),
});
export type InputIssue = z.output<typeof inputIssueSchema>;

/** RFC 9457 `application/problem+json`. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('A URI that names the problem.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong here, and what to do.'),
    code: errorCodeSchema,
    requestId: z.string(),
    issues: z.array(inputIssueSchema).optional(),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'urn:vitrine:problem:invalid_input',
        title: errorTable.invalid_input.title,
        status: 400,
        detail: 'clientId: is required.',
        code: 'invalid_input',
        requestId: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2e04',
        issues: [{ path: ['clientId'], message: 'is required', code: 'invalid_type' }],
      },
    ],
  });
export type Problem = z.output<typeof problemSchema>;
