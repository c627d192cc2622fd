import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { FAVICON } from '@provisie/http';
import type { Endpoint } from '../api.ts';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="${FAVICON}" />
    <title>Provisie admin API</title>
  </head>
  <body>
    <div id="reference"></div>
    <script src="/reference/scalar.js"></script>
    <script src="/reference/start.js"></script>
  </body>
</html>
`;

/** Nothing of it may come from or go to another host: no fonts, no telemetry, no proxy. */
const START = `Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  hideClientButton: true,
  authentication: { preferredSecurityScheme: 'accessKey' },
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
});
`;

/** Scalar sets styles from its script, so those are allowed inline; scripts are not. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SCRIPT = fileURLToPath(
  new URL('browser/standalone.js', import.meta.resolve('@scalar/api-reference')),
);

/** The browsable reference, served by ourselves. */
export const reference: Endpoint = (api) => {
  const script = scriptOnce();
  api.app.get('/reference', (c) => {
    c.header('Content-Security-Policy', POLICY);
    return c.html(PAGE);
  });
  api.app.get('/reference/start.js', (c) => {
    c.header('Content-Type', 'text/javascript; charset=utf-8');
    return c.body(START);
  });
  api.app.get('/reference/scalar.js', async (c) => {
    c.header('Content-Type', 'text/javascript; charset=utf-8');
    c.header('Cache-Control', 'max-age=86400');
    c.header('Vary', 'Accept-Encoding');
    const { plain, zipped } = await script();
    if (!/\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')) return c.body(plain);
    c.header('Content-Encoding', 'gzip');
    return c.body(zipped);
  });
};

/** Read and compressed at the first request; most processes are never asked. */
function scriptOnce() {
  let loading: ReturnType<typeof load> | null = null;
  return () => (loading ??= load());
}

async function load() {
  const plain = new Uint8Array(await readFile(SCRIPT));
  const zipped = new Uint8Array(await promisify(gzip)(plain));
  return { plain, zipped };
}
