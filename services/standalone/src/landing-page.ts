import { FAVICON } from '@provisie/http';
import { Hono } from 'hono';

/** What a person sees who opens the address in a browser. */
export function landingPage(): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    c.header('Content-Security-Policy', POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cache-Control', 'no-store');
    return c.html(PAGE);
  });
  return app;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <link rel="icon" href="${FAVICON}">
    <title>Provisie</title>
    <style>
      :root { color-scheme: light dark; --accent: light-dark(#1f6f5c, #6fcfb4); --line: light-dark(#dfe3e1, #37403c) }
      body { font: 1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1.25rem }
      h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 }
      h1 + p { margin: .5rem 0 2rem }
      dl { margin: 0; border-top: 1px solid var(--line) }
      dt { font-weight: 600; margin-top: 1rem }
      dd { margin: 0; padding-bottom: 1rem; border-bottom: 1px solid var(--line) }
      a { color: var(--accent) }
      code { font-size: .95em }
    </style>
  </head>
  <body>
    <main>
      <h1>Provisie</h1>
      <p>Affiliate tracking and commissions, every cent explained from the log. This server is running.</p>
      <dl>
        <dt><a href="/reference">API reference</a></dt>
        <dd>Every endpoint, to read and to try with an access key. The document itself: <a href="/openapi.json"><code>/openapi.json</code></a>.</dd>
        <dt>Tracking links</dt>
        <dd><code>/r/&lt;code&gt;</code> sends a visitor on and records the click; <a href="/t.js"><code>/t.js</code></a> is the script for the shop.</dd>
        <dt>Health</dt>
        <dd><a href="/livez"><code>/livez</code></a> says that the process runs, <a href="/readyz"><code>/readyz</code></a> that it can do its work, <a href="/metrics"><code>/metrics</code></a> what it counted.</dd>
      </dl>
    </main>
  </body>
</html>
`;
