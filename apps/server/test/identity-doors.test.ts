import { expect, it } from 'vitest';
import { startServer } from './start-server.ts';

it('of the identity library’s doors only those are open that the dashboard goes through', async () => {
  await using server = await startServer();
  const { auth } = server.composition;
  const shut = new Set<string>(auth.options.disabledPaths);
  const paths = Object.values<object>(auth.api).flatMap((door) =>
    'path' in door && typeof door.path === 'string' ? [door.path] : [],
  );
  expect([...new Set(paths)].filter((path) => !shut.has(path)).sort()).toMatchInlineSnapshot(`
    [
      "/callback/:id",
      "/change-password",
      "/error",
      "/ok",
      "/passkey/delete-passkey",
      "/passkey/generate-authenticate-options",
      "/passkey/generate-register-options",
      "/passkey/list-user-passkeys",
      "/passkey/verify-authentication",
      "/passkey/verify-registration",
      "/reset-password/:token",
      "/sign-in/email",
      "/sign-in/social",
      "/sign-out",
    ]
  `);
  for (const path of shut) {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${server.url}/api/auth${path}`, {
        method,
        headers: { origin: server.url },
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  }
});
