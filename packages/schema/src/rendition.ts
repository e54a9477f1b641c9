import { z } from 'zod';

/** Something made from a version (a thumbnail, a poster): its state is part of the type, an empty URL never is. */
export const renditionSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('pending') }),
    z.strictObject({
      state: z.literal('ready'),
      url: z.url(),
      width: z.int().positive(),
      height: z.int().positive(),
      thumbhash: z.string().min(1).describe('Base64; a blurred stand-in of about 25 bytes.'),
    }),
    z.strictObject({ state: z.literal('failed'), reason: z.string().min(1) }),
  ])
  .meta({ id: 'Rendition', examples: [{ state: 'pending' }] });
export type Rendition = z.output<typeof renditionSchema>;
