import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import Provider from 'oidc-provider';

export interface OidcPerson {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

export interface TestOidcProvider extends AsyncDisposable {
  readonly settings: Readonly<Record<string, string>>;
}

function portOf(server: { address(): unknown }): number {
  const address = server.address();
  if (typeof address === 'object' && address !== null && 'port' in address) return Number(address.port);
  throw new Error('It has no port.');
}

/** A port that nobody has, for a server whose address has to be known before it starts. */
export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** A real OpenID Connect provider, at which whoever types a `sub` is that person. */
export async function startOidcProvider(
  vitrineUrl: string,
  people: readonly OidcPerson[],
): Promise<TestOidcProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${portOf(server)}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'vitrine',
        client_secret: 'a secret between them',
        redirect_uris: [`${vitrineUrl}/api/auth/callback/sso`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_ctx, sub) => {
      const person = people.find((one) => one.sub === sub);
      return person && { accountId: sub, claims: () => ({ ...person }) };
    },
    cookies: { keys: ['of a test'] },
    features: { devInteractions: { enabled: true } },
  });
  server.on('request', provider.callback());
  return {
    settings: {
      VITRINE_OIDC_ISSUER: issuer,
      VITRINE_OIDC_CLIENT_ID: 'vitrine',
      VITRINE_OIDC_CLIENT_SECRET: 'a secret between them',
      VITRINE_OIDC_NAME: 'Agency Login',
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
