/** Why somebody could not sign in, as a sentence. */
class SignInRefused extends Error {}

/** Begins a session (a cookie that scripts cannot read). Throws `SignInRefused` with the sentence to show. */
export async function signIn({ email, password }: { email: string; password: string }): Promise<void> {
  let response: Response;
  try {
    response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
  } catch {
    throw new SignInRefused('The server did not answer. Check the connection and try again.');
  }
  if (response.ok) return;
  if (response.status === 429) throw new SignInRefused('Too many attempts. Wait 15 minutes, then try again.');
  if (response.status === 403)
    throw new SignInRefused('This account is disabled. Ask whoever runs this server.');
  if (response.status >= 500) throw new SignInRefused('The server met an error. Try again in a moment.');
  throw new SignInRefused('This email and password do not match.');
}
