/** Somebody's address that works once, on its way to them. */
export interface LinkMail {
  readonly purpose: 'join' | 'reset';
  readonly to: string;
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** By name, who invites them; null where nobody in particular does. */
  readonly from: string | null;
}

/**
 * Sends people the addresses at which they join or choose another password. Resolves when a mail server took the mail; rejects,
 * within half a minute, with an error whose message an admin can use and which holds neither the token nor a password.
 */
export interface LinkMailer {
  send(mail: LinkMail): Promise<void>;
}
