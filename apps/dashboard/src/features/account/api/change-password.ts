/** Why a password could not be changed, as a sentence. */
class ChangeRefused extends Error {}

const refusals: Readonly<Record<string, string>> & { readonly usual: string } = {
  usual: 'The current password is not right.',
  PASSWORD_TOO_SHORT: 'The new password is too short: it needs 10 characters.',
  PASSWORD_TOO_LONG: 'The new password is too long: it has at most 256 characters.',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'You sign in without a password. Ask for a reset link to set one.',
};

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'usual';
}

interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** Changes one's own password and ends one's other sessions. Throws `ChangeRefused` with the sentence to show. */
export async function changePassword(change: PasswordChange): Promise<void> {
  let response: Response;
  try {
    response = await fetch('/api/auth/change-password', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...change, revokeOtherSessions: true }),
    });
  } catch {
    throw new ChangeRefused('The server did not answer. Check the connection and try again.');
  }
  if (response.ok) return;
  if (response.status === 429) throw new ChangeRefused('Too many tries. Wait 15 minutes, then try again.');
  if (response.status === 400) throw new ChangeRefused(refusals[await codeOf(response)] ?? refusals.usual);
  throw new ChangeRefused('The password could not be changed. Try again in a moment.');
}
