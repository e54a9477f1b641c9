/** Why a password could not be changed, as a sentence. */
class ChangeRefused extends Error {}

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
  if (response.status === 400) throw new ChangeRefused('The current password is not right.');
  throw new ChangeRefused('The password could not be changed. Try again in a moment.');
}
