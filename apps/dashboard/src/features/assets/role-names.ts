import type { Role } from '@vitrine/schema';

/** What each role is called. */
export const roleNames = {
  first_frame: 'First frame',
  subject: 'Subject',
  brand_logo: 'Brand logo',
  product_shot: 'Product shot',
  background: 'Background',
  transition: 'Transition',
  closing_frame: 'Closing frame',
  use_full_audio: 'Use full audio',
  voice_sample: 'Voice sample',
} as const satisfies Record<Role, string>;
