import { z } from 'zod';
import { formOf } from '../small-files.ts';
import { openWatch } from '../watch-events.ts';
import type { Asker, World } from './world.ts';

/** What came of a question. */
export interface Answer {
  /** `ok`, with how many things it names where it is a list; else the problem's code. */
  readonly code: string;
  /** All that a refusal says, but for the id of the request. */
  readonly refusal: string | null;
}

const problemSchema = z.object({ code: z.string(), detail: z.string(), status: z.number() });
const failureSchema = z.object({ error: z.object({ data: z.object({ problem: problemSchema }) }) });
const resultSchema = z.object({ result: z.object({ data: z.unknown().optional() }) });

function refused({ code, detail, status }: z.output<typeof problemSchema>): Answer {
  return { code, refusal: `${status} ${detail}` };
}

const countedSchemas = [
  z.array(z.unknown()).transform(({ length }) => `ok ${length}`),
  z
    .object({ items: z.array(z.unknown()), complete: z.boolean() })
    .transform(({ items }) => `ok ${items.length}`),
  z
    .object({ items: z.array(z.unknown()), nextCursor: z.unknown() })
    .transform(({ items }) => `ok ${items.length}`),
  z.object({ changed: z.number(), skipped: z.number() }).transform(({ changed }) => `ok ${changed}`),
  z.object({ total: z.object({ count: z.number() }) }).transform(({ total }) => `ok ${total.count}`),
  z.object({ count: z.number(), bytes: z.number() }).transform(({ count }) => `ok ${count}`),
];

function succeeded(data: unknown): Answer {
  for (const schema of countedSchemas) {
    const counted = schema.safeParse(data);
    if (counted.success) return { code: counted.data, refusal: null };
  }
  return { code: 'ok', refusal: null };
}

const credential = ({ key }: Asker): Record<string, string> => (key === null ? {} : { 'x-api-key': key });

/** Asks a procedure as the typed client does. */
export async function askProcedure(
  { server }: World,
  asker: Asker,
  call: { readonly name: string; readonly type: 'query' | 'mutation'; readonly input: unknown },
): Promise<Answer> {
  const text = call.input === undefined ? undefined : JSON.stringify(call.input);
  const isQuery = call.type === 'query';
  const query = isQuery && text !== undefined ? `?input=${encodeURIComponent(text)}` : '';
  const answer = await fetch(`${server.url}/trpc/${call.name}${query}`, {
    method: isQuery ? 'GET' : 'POST',
    headers: { ...credential(asker), 'content-type': 'application/json' },
    ...(!isQuery && text !== undefined && { body: text }),
  });
  const body: unknown = await answer.json();
  if (answer.ok) return succeeded(resultSchema.parse(body).result.data);
  return refused(failureSchema.parse(body).error.data.problem);
}

/** Begins a watch, and hears its first event. */
export async function askWatch({ server }: World, asker: Asker, input: unknown): Promise<Answer> {
  const { clientId } = z.object({ clientId: z.string().optional() }).parse(input);
  await using watch = await openWatch(server, { headers: credential(asker), ...(clientId && { clientId }) });
  if (!watch.response.ok) return { code: `${watch.response.status}`, refusal: `${watch.response.status}` };
  try {
    await watch.next();
    return { code: 'ok', refusal: null };
  } catch (error) {
    const code = /"code":"(?<code>[a-z_]+)","requestId/.exec(String(error))?.groups?.['code'];
    return { code: code ?? String(error), refusal: code ?? null };
  }
}

/** Asks for something that is no procedure. */
export async function askRoute(
  { server }: World,
  asker: Asker,
  { address, init }: { readonly address: string; readonly init?: RequestInit },
): Promise<Answer> {
  const headers = new Headers(init?.headers);
  for (const [name, value] of Object.entries(credential(asker))) headers.set(name, value);
  const answer = await fetch(`${server.url}${address}`, { ...init, headers, redirect: 'manual' });
  const bytes = await answer.text();
  if (answer.status < 400) return { code: 'ok', refusal: null };
  return refused(problemSchema.parse(JSON.parse(bytes)));
}

/** A form with one picture. */
export function pictureForm({ png }: World, fields: Readonly<Record<string, string>>): FormData {
  return formOf([
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
    { name: 'file', value: png, fileName: 'new.png' },
  ]);
}

/** The head of a resumable upload. */
export function tusHead(fields: Readonly<Record<string, string>>): RequestInit {
  const metadata = Object.entries({ filename: 'new.png', ...fields })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  return {
    method: 'POST',
    headers: { 'tus-resumable': '1.0.0', 'upload-length': '100', 'upload-metadata': metadata },
  };
}
