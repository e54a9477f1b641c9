import {
  type ContextAnswerFor,
  type ContextNeed,
  type ContextResolveInput,
  isContextAnswerFor,
  type Role,
} from '@vitrine/schema';
import type { VitrineClient } from './create-vitrine-client.ts';

/** `context.resolve`'s input for a need that is known to the compiler; a role that does not exist does not compile. */
export type ResolveContextInput<Need extends ContextNeed> = Omit<ContextResolveInput, 'need'> & {
  readonly need: Need & { readonly [R in Exclude<keyof Need, Role>]: never };
};

/**
 * Asks what may be generated with. The type of the answer's `slots` follows from `need`: `{ brand_logo: 1, voice_sample: { max: 1 } }`
 * gives `{ brand_logo: [ImageRef | VideoRef]; voice_sample: AudioRef[] }`, and that is also checked when the answer comes, so
 * neither side has to be believed. Whatever the server refuses is a `VitrineError`.
 */
export async function resolveContext<const Need extends ContextNeed>(
  client: Pick<VitrineClient, 'context'>,
  input: ResolveContextInput<Need>,
): Promise<ContextAnswerFor<Need>> {
  const answer: unknown = await client.context.resolve.query(input);
  if (isContextAnswerFor<Need>(answer, input.need)) return answer;
  throw new Error(
    'The server answered something else than was asked: it and this client are of different versions.',
  );
}
