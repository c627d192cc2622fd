import { Hono } from 'hono';

/** What a person sees who opens the address in a browser. */
export function landingPage(): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cache-Control', 'no-store');
    return c.html(PAGE);
  });
  return app;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>Provisie</title>
    <style>
      :root { color-scheme: light dark }
      body { font: 1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1.25rem }
      h1 { font-size: 1.6rem; margin-bottom: .25rem }
      dt { font-weight: 600; margin-top: 1rem }
      dd { margin: 0 }
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
