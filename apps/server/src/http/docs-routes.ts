import { createRequire } from 'node:module';
import path from 'node:path';
import { createOpenApiDocument, type Installation } from '@vitrine/api';
import type { DeclaredRoute } from './declared-route.ts';

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Vitrine API</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="/docs/standalone.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// No proxy, no fonts and no telemetry: the page works without the internet.
const start = `Scalar.createApiReference('#app', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
});
`;

/** `/openapi.json` and the reference page at `/docs`, both from our own origin. */
export function docsRoutes({ version, publicUrl }: Installation): DeclaredRoute[] {
  const document = JSON.stringify(createOpenApiDocument({ version, publicUrl }));
  const scalar = createRequire(import.meta.url).resolve('@scalar/api-reference');
  const standalone = path.join(path.dirname(scalar), 'browser', 'standalone.js');
  const page = (address: string, type: string, text: string): DeclaredRoute => ({
    method: 'get',
    paths: [address],
    permission: 'public',
    handle: (_request, response) => {
      response.type(type).send(text);
    },
  });
  return [
    page('/openapi.json', 'json', document),
    page('/docs', 'html', html),
    page('/docs/start.js', 'js', start),
    {
      method: 'get',
      paths: ['/docs/standalone.js'],
      permission: 'public',
      handle: (_request, response) => response.sendFile(standalone, { dotfiles: 'allow' }),
    },
  ];
}
