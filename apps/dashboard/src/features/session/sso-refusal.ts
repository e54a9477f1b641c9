/** Why single sign-on led back here, as a sentence; null when it did not. */
export function ssoRefusal(code: string | undefined): string | null {
  switch (code) {
    case undefined:
      return null;
    case 'not_invited':
      return 'There is no account for you here yet. Ask whoever runs this server to invite you.';
    case 'email_not_verified':
    case 'account_not_linked':
      return 'Your provider has not verified your email address. Verify it there, or sign in with your password.';
    case 'account_disabled':
      return 'This account is disabled. Ask whoever runs this server.';
    case 'access_denied':
      return 'You did not sign in there.';
    default:
      return 'Signing in there did not work. Try again.';
  }
}
