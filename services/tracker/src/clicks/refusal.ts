import type { Arrival } from './arrival.ts';
import { problemAnswer } from '../problems.ts';

/** The answer to a link that doesn't exist: a page for a person, a problem document for a program. */
export function refuseCode({ code, headers }: Arrival, reason: 'malformed_code' | 'unknown_code') {
  if (isPerson(headers)) return page(404, UNKNOWN_LINK);
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
export function refuseDestination({ headers, programme }: Arrival, problem: string): Response {
  if (isPerson(headers)) return page(400, FOREIGN_DESTINATION);
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

function isPerson(headers: Arrival['headers']): boolean {
  return headers.get('accept')?.includes('text/html') === true;
}

interface Words {
  readonly title: string;
  readonly english: string;
  readonly dutch: string;
}

const UNKNOWN_LINK: Words = {
  title: 'This link does not exist',
  english:
    'It may have been mistyped or cut off. Go back to the page where you found it and try it again.',
  dutch: 'Deze link bestaat niet. Misschien is hij verkeerd overgenomen of afgekapt.',
};

const FOREIGN_DESTINATION: Words = {
  title: 'This link leads nowhere',
  english:
    'The address in it does not belong to the site that the link is for, so it is not opened.',
  dutch:
    'Het adres in deze link hoort niet bij de site waarvoor hij is. Daarom gaat hij niet open.',
};

/** Names nothing of the merchant: whoever tries codes learns nothing. */
function page(status: 400 | 404, { title, english, dutch }: Words): Response {
  const body = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>
      :root { color-scheme: light dark }
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1.25rem }
      h1 { font-size: 1.6rem; line-height: 1.25; text-wrap: balance }
      [lang=nl] { opacity: .75 }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${english}</p>
      <p lang="nl">${dutch}</p>
    </main>
  </body>
</html>
`;
  return new Response(body, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Cache-Control': 'no-store',
    },
  });
}
