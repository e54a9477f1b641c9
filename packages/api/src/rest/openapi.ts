import {
  assetIdSchema,
  assetSchema,
  type ErrorCode,
  errorTable,
  ingestOutcomeSchema,
  presetSchema,
  problemSchema,
  uploadFormSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { objectShape, unionBody } from './object-shape.ts';
import { type RestOperation, restOperations } from './rest-operation.ts';

/** What the document says beside the operations. */
interface OpenApiOptions {
  readonly version: string;
  readonly publicUrl: string;
}

const problem = (code: ErrorCode) => ({
  description: `${errorTable[code].title} (\`${code}\`)`,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** The refusals with these codes, by status; codes that share a status share an entry. */
function problems(codes: readonly ErrorCode[]): Record<string, ReturnType<typeof problem>> {
  const responses: Record<string, ReturnType<typeof problem>> = {};
  for (const code of codes) {
    const { status } = errorTable[code];
    const before = responses[status];
    const description = [before?.description, problem(code).description].filter(Boolean).join(' — ');
    responses[status] = { ...problem(code), description };
  }
  return responses;
}

const commonCodes = ['unauthenticated', 'forbidden', 'not_found', 'rate_limited'] as const;

function describeOperation({ operation, route }: RestOperation): ZodOpenApiOperationObject {
  const { rest } = operation.meta;
  const shape = objectShape(operation.input);
  const union = unionBody(operation.input);
  const inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
  const only = (keep: (name: string) => boolean) =>
    z.object(Object.fromEntries(Object.entries(shape).filter(([name]) => keep(name))));
  const others = Object.keys(shape).filter(
    (name) => !inPath.has(name) && !(rest?.ifMatch && name === 'rowVersion'),
  );
  const hasBody = route.method === 'POST' || route.method === 'PATCH';
  if (union && !hasBody) throw new Error(`A union can only be a body: ${operation.name}.`);
  const output = rest?.page ? objectShape(operation.output)['items'] : operation.output;
  return {
    operationId: route.id ?? operation.name,
    summary: route.summary,
    tags: rest ? [rest.tag] : [],
    requestParams: {
      ...(inPath.size > 0 && { path: only((name) => inPath.has(name)) }),
      ...(!hasBody && others.length > 0 && { query: only((name) => others.includes(name)) }),
      ...(rest?.ifMatch && {
        header: z.object({
          'If-Match': z
            .string()
            .optional()
            .describe('The row version you read, e.g. "3"; another one now → 409.'),
        }),
      }),
    },
    ...(hasBody && {
      requestBody: {
        content: { 'application/json': { schema: union ?? only((name) => others.includes(name)) } },
      },
    }),
    responses: {
      [rest?.status ?? 200]: {
        description: 'Done.',
        content: { 'application/json': { schema: output ?? operation.output } },
        ...(rest?.page && {
          headers: z.object({
            Link: z.string().optional().describe('`rel="next"`: the next page.'),
            'X-Total-Count': z
              .string()
              .optional()
              .describe('How many there are; absent where counting would cost a scan.'),
          }),
        }),
      },
      ...problems(['invalid_input', ...commonCodes, ...(rest?.ifMatch ? (['conflict'] as const) : [])]),
    },
  };
}

const signature = z
  .string()
  .optional()
  .describe('The signature of an address from an answer; then no credential is needed.');

const bytesOf = (
  summary: string,
  operationId: string,
  query: Readonly<Record<string, z.ZodType>> = {},
): ZodOpenApiOperationObject => ({
  operationId,
  summary,
  tags: ['Assets'],
  requestParams: {
    path: z.object({ id: assetIdSchema }),
    query: z.object({ ...query, sig: signature }),
    header: z.object({ Range: z.string().optional().describe('E.g. bytes=0-1023.') }),
  },
  responses: {
    '200': {
      description: 'The bytes.',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    '206': {
      description: 'The range.',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    '304': { description: 'Unchanged since the ETag that was sent.' },
    '416': { description: 'The range lies outside the file.' },
    ...problems(commonCodes),
  },
});

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .optional()
    .describe('Your own name for this request: sent again within 24 hours, it is not done again.'),
});

const upload: ZodOpenApiOperationObject = {
  operationId: 'asset.upload',
  summary: 'Upload a file and get the typed asset',
  tags: ['Assets'],
  requestParams: { header: idempotencyHeader },
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: z.object({
          file: z.string().meta({ format: 'binary' }),
          ...uploadFormSchema.shape,
          tags: z.string().optional().describe('A JSON array of strings; free tags and role names.'),
        }),
      },
    },
  },
  responses: {
    '200': {
      description: 'These bytes are there already; the asset that has them.',
      headers: z.object({ 'Vitrine-Outcome': z.literal('deduplicated') }),
      content: { 'application/json': { schema: assetSchema } },
    },
    '201': {
      description: 'The asset.',
      headers: z.object({ 'Vitrine-Outcome': ingestOutcomeSchema.exclude(['deduplicated']) }),
      content: { 'application/json': { schema: assetSchema } },
    },
    ...problems([
      'invalid_input',
      ...commonCodes,
      'too_large',
      'unsupported_format',
      'conflict',
      'still_running',
      'campaign_client_mismatch',
      'idempotency_key_reused',
      'type_mismatch',
      'unreadable_media',
      'storage_full',
    ]),
  },
};

/** The OpenAPI 3.1 document of the HTTP surface, generated from the zod schemas of the procedures. */
export function createOpenApiDocument({
  version,
  publicUrl,
}: OpenApiOptions): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const add = (path: string, method: string, operation: ZodOpenApiOperationObject) => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  add('/api/v2/upload-asset', 'post', upload);
  add('/api/v2/assets/{id}', 'get', bytesOf('Get the file', 'asset.file'));
  add('/api/v2/assets/{id}/data', 'get', bytesOf('Get the file', 'asset.data'));
  add(
    '/api/v2/assets/{id}/thumbnail',
    'get',
    bytesOf('Get a picture of an asset', 'asset.thumbnail', {
      size: presetSchema.exclude(['waveform']).optional().describe('Default thumb.'),
    }),
  );
  add(
    '/api/v2/assets/{id}/waveform',
    'get',
    bytesOf('Get the peaks of a sound', 'asset.waveform', {
      format: z
        .enum(['json', 'dat'])
        .optional()
        .describe('Default json; dat is audiowaveform’s binary format.'),
    }),
  );
  for (const rest of restOperations())
    add(rest.route.path, rest.route.method.toLowerCase(), describeOperation(rest));
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Vitrine',
      version,
      description:
        'Typed digital assets. An asset is a union of image, video, audio and document, told apart by `type`. ' +
        'Everything here except the bytes is also a procedure of the typed client.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    tags: [
      'Assets',
      'Context',
      'Clients',
      'Campaigns',
      'Tags',
      'Collections',
      'Sharing',
      'Access',
      'System',
    ].map((name) => ({ name })),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: publicUrl.startsWith('https:') ? '__Host-vitrine.session_token' : 'vitrine.session_token',
        },
      },
    },
    paths: paths satisfies ZodOpenApiPathsObject,
  });
}
