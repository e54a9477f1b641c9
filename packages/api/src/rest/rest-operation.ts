import { AppError, invalidField } from '@vitrine/core';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { RestRoute } from '../meta.ts';
import { type Operation, operationsOf } from '../operations.ts';
import { appRouter, createCaller } from '../root.ts';
import { callerFor } from '../trpc.ts';
import { etagOf, rowVersionOf } from './if-match.ts';
import { objectShape } from './object-shape.ts';
import { queryValue } from './query-value.ts';

/** A request as any HTTP server can describe it. */
interface RestRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly ifMatch: string | undefined;
  /** The parsed JSON body; undefined when there is none. */
  readonly body: unknown;
}

interface RestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One REST path of a procedure, ready to be mounted. */
export interface RestOperation {
  readonly operation: Operation;
  readonly route: RestRoute;
  /** Whether the credential will do, before the body is read. Fails with `unauthenticated` or `forbidden`. */
  admit(context: Context): void;
  /** Rejects with what the procedure rejects with; `toProblem` makes the answer of it. */
  call(context: Context, request: RestRequest): Promise<RestResponse>;
}

const pageBodySchema = z.object({
  items: z.array(z.unknown()),
  nextCursor: z.string().nullable(),
  total: z.number().nullable(),
});
const versionedSchema = z.object({ rowVersion: z.int().positive() });
const bodySchema = z.record(z.string(), z.unknown());

/** A misspelt filter would otherwise find everything. */
function unknownParameter(name: string, known: readonly string[], { params }: RestRequest): AppError {
  const free = known.filter((one) => !(one in params)).sort();
  const allowed = free.length > 0 ? `it knows ${free.join(', ')}` : 'it knows none';
  return invalidField([name], `is no query parameter of this address; ${allowed}`);
}

function inputOf(operation: Operation, route: RestRoute, request: RestRequest): Record<string, unknown> {
  const shape = objectShape(operation.input);
  const input: Record<string, unknown> = {};
  if (route.method === 'GET') {
    const aliases = operation.meta.rest?.aliases ?? {};
    for (const name of new Set(request.query.keys())) {
      const key = aliases[name] ?? name;
      const field = shape[key];
      if (!field || key in request.params)
        throw unknownParameter(name, [...Object.keys(shape), ...Object.keys(aliases)], request);
      input[key] = queryValue(field, request.query.getAll(name));
    }
  } else if (request.body !== undefined) {
    const body = bodySchema.safeParse(request.body);
    if (!body.success) throw new AppError('invalid_input', 'The body must be a JSON object.');
    Object.assign(input, body.data);
  }
  if (operation.meta.rest?.ifMatch && request.ifMatch !== undefined) {
    const rowVersion = rowVersionOf(request.ifMatch);
    if (rowVersion !== undefined) input['rowVersion'] = rowVersion;
  }
  // Last, so that nothing in a body or query can name another thing than the path does.
  return { ...input, ...request.params };
}

function pageResponse(
  context: Context,
  route: RestRoute,
  request: RestRequest,
  result: unknown,
): RestResponse {
  const { items, nextCursor, total } = pageBodySchema.parse(result);
  const headers: Record<string, string> = {};
  if (total !== null) headers['X-Total-Count'] = String(total);
  if (nextCursor !== null) {
    const query = new URLSearchParams(request.query);
    query.delete('offset');
    query.set('cursor', nextCursor);
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(request.params[name] ?? ''),
    );
    headers['Link'] = `<${context.installation.publicUrl}${path}?${query}>; rel="next"`;
  }
  return { status: 200, headers, body: items };
}

/** The procedure of that name, as a function of its input. */
function procedureOf(context: Context, name: string): (input: unknown) => Promise<unknown> {
  let target: unknown = createCaller(context);
  for (const key of name.split('.')) target = Reflect.get(Object(target), key);
  if (typeof target !== 'function') throw new Error(`There is no procedure ${name}.`);
  const procedure = target;
  return async (input) => Reflect.apply(procedure, undefined, [input]);
}

/** Every REST path, derived from what the procedures declare. */
export function restOperations(): RestOperation[] {
  return operationsOf(appRouter).flatMap((operation) =>
    (operation.meta.rest?.routes ?? []).map((route) => ({
      operation,
      route,
      admit(context: Context): void {
        const { permission } = operation.meta;
        if (permission !== 'public') callerFor(context, permission);
      },
      async call(context: Context, request: RestRequest): Promise<RestResponse> {
        const result = await procedureOf(context, operation.name)(inputOf(operation, route, request));
        if (operation.meta.rest?.page) return pageResponse(context, route, request, result);
        const versioned = versionedSchema.safeParse(result);
        return {
          status: operation.meta.rest?.status ?? 200,
          headers: versioned.success ? { ETag: etagOf(versioned.data.rowVersion) } : {},
          body: result,
        };
      },
    })),
  );
}
