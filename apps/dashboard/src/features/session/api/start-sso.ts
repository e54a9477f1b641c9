import { z } from 'zod';

const answerSchema = z.object({ url: z.url() });

/** Goes to the provider of single sign-on, which leads back to `redirect`. Throws an error with the sentence to show. */
export async function startSso(redirect: string): Promise<void> {
  const response = await fetch('/api/auth/sign-in/social', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'sso', callbackURL: redirect, errorCallbackURL: '/sign-in' }),
  }).catch(() => null);
  if (!response?.ok) throw new Error('Single sign-on cannot be reached. Try again in a moment.');
  const { url } = answerSchema.parse(await response.json());
  window.location.assign(url);
}
