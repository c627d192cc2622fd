import type { Arrival } from './arrival.ts';
import { problemAnswer } from '../problems.ts';

/** The answer to a link that doesn't exist: a page for a person, a problem document for a program. */
export function refuseCode({ code, headers }: Arrival, reason: 'malformed_code' | 'unknown_code') {
  if (headers.get('accept')?.includes('text/html') === true) return notFoundPage();
  if (reason === 'unknown_code') {
    return problemAnswer('unknown_code', `No link has the code ${JSON.stringify(code)}.`);
  }
  return problemAnswer('malformed_code', 'The path after /r/ is not a link code.', {
    errors: [
      {
        path: 'path/code',
        problem: 'is not a link code',
        expected: 'up to 64 letters, digits, - and _, starting with a letter or digit',
      },
    ],
  });
}

/** The answer to a deep link that leads off the programme's hosts; `problem` says what is wrong with it. */
export function refuseDestination({ programme }: Arrival, problem: string): Response {
  const hosts = programme?.hosts.join(', ') ?? 'none';
  return problemAnswer('foreign_destination', `The address in \`url\` ${problem}.`, {
    errors: [
      {
        path: 'query/url',
        problem,
        expected: `one absolute http(s) address on a host of the programme: ${hosts}`,
      },
    ],
  });
}

/** Names nothing of the merchant: whoever tries codes learns nothing. */
function notFoundPage(): Response {
  return new Response(NOT_FOUND_PAGE, {
    status: 404,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Cache-Control': 'no-store',
    },
  });
}

const NOT_FOUND_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>This link does not exist</title>
    <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem }
    </style>
  </head>
  <body>
    <h1>This link does not exist</h1>
    <p>It may have been mistyped or cut off. Go back to the page where you found it and try it again.</p>
    <p lang="nl">Deze link bestaat niet. Misschien is hij verkeerd overgenomen of afgekapt.</p>
  </body>
</html>
`;
