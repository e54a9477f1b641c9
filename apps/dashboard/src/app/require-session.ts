import { redirect } from '@tanstack/react-router';
import { selfOptions } from '../features/session/api/use-self.ts';
import { hasCode } from '../lib/problem.ts';
import { queryClient } from './query-client.ts';

/** Lets nobody past who is not signed in; the sign-in page leads back to `href`. */
export async function requireSession({ href }: { href: string }): Promise<void> {
  try {
    await queryClient.ensureQueryData(selfOptions());
  } catch (error) {
    if (!hasCode(error, 'unauthenticated')) throw error;
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { redirect: href } });
  }
}
