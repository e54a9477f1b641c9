import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface TestMailServer extends AsyncDisposable {
  /** With a user and a password, without which it takes nothing. */
  readonly url: string;
  /** Whole messages, in the order in which they came. */
  readonly mails: readonly string[];
  /** The next message; waits for it. */
  next(): Promise<string>;
  /** From now on every message is refused. */
  refuse(): void;
}

/** Undoes quoted-printable: mails with an equals sign in an address are sent as that. */
function plain(message: string): string {
  return message
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A real mail server on a free port. */
export async function startMailServer(): Promise<TestMailServer> {
  const mails: string[] = [];
  const waiting: ((mail: string) => void)[] = [];
  let isRefusing = false;
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      if (username === 'vitrine' && password === 'p@ss') done(null, { user: username });
      else done(new Error('Wrong password.'));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (isRefusing) return done(Object.assign(new Error('Mailbox full'), { responseCode: 552 }));
        const mail = plain(Buffer.concat(chunks).toString('utf8'));
        const taker = waiting.shift();
        mails.push(mail);
        taker?.(mail);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port.');
  let read = 0;
  return {
    url: `smtp://vitrine:p%40ss@127.0.0.1:${address.port}`,
    mails,
    next() {
      const come = mails[read];
      read += 1;
      return come === undefined
        ? new Promise((resolve) => void waiting.push(resolve))
        : Promise.resolve(come);
    },
    refuse: () => {
      isRefusing = true;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
