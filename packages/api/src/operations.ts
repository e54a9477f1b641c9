import type { AnyTRPCRouter } from '@trpc/server';
import { permissionTable } from '@vitrine/core';
import { z } from 'zod';
import type { Meta } from './meta.ts';
import { outputSchema } from './trusted-output.ts';

/** A procedure as every other surface sees it. */
export interface Operation {
  /** E.g. `asset.list`. */
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta: Meta;
  readonly input: z.ZodType | null;
  readonly output: z.ZodType;
}

const metaSchema = z.custom<Meta>(
  (meta) =>
    typeof meta === 'object' &&
    meta !== null &&
    'permission' in meta &&
    (meta.permission === 'public' ||
      Object.keys(permissionTable).some((action) => action === meta.permission)),
);
const definitionSchema = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: metaSchema,
  inputs: z.array(z.instanceof(z.ZodType)).max(1),
  output: z.instanceof(z.ZodType),
});

/**
 * All procedures of a router. Throws, naming the procedure, when one declares no permission, no output or more than one
 * input: the server calls this first, so it does not start with a door that nobody guards.
 */
export function operationsOf(router: AnyTRPCRouter): Operation[] {
  return Object.entries(router._def.procedures).map(([name, procedure]) => {
    const definition = definitionSchema.safeParse(Reflect.get(Object(procedure), '_def'));
    if (!definition.success) {
      throw new Error(
        `The procedure ${name} must declare a known permission, one input at most, and its output.`,
      );
    }
    const { type, meta, inputs, output } = definition.data;
    return { name, type, meta, input: inputs[0] ?? null, output: outputSchema(output) };
  });
}
