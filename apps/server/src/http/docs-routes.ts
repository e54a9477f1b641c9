import { createRequire } from 'node:module';
import path from 'node:path';
import { createOpenApiDocument, type Installation } from '@vitrine/api';
import { Router } from 'express';

const page = `<!doctype html>
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
export function docsRoutes({ version, publicUrl }: Installation): Router {
  const document = JSON.stringify(createOpenApiDocument({ version, publicUrl }));
  const scalar = createRequire(import.meta.url).resolve('@scalar/api-reference');
  const standalone = path.join(path.dirname(scalar), 'browser', 'standalone.js');
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.type('json').send(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(start);
  });
  router.get('/docs/standalone.js', (_request, response) => {
    response.sendFile(standalone, { dotfiles: 'allow' });
  });
  return router;
}
