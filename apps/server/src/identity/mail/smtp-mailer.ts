import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Resolves when the mail server took it. */
export type SendMail = (mail: Mail) => Promise<void>;

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string;
  readonly from: string;
}

/** One connection for each mail: there are a few a day. */
export function createSmtpMailer({ url, from }: SmtpSettings): SendMail {
  const transport = createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 10_000,
    // Nothing that is mailed comes from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, ...mail }) => {
    // As an object: an address is never read as a list of them.
    await transport.sendMail({ from, to: { name: '', address: to }, ...mail });
  };
}
