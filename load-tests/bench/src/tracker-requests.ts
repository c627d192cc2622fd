import type { Requests } from './raw-load.ts';

const AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

/** Clicks on links in turn: `blog-0`, `blog-1`, … */
export function redirectRequests(links: number): Requests {
  const clicks = Array.from({ length: links }, (_, link) =>
    Buffer.from(
      `GET /r/blog-${String(link)}?utm_source=bench HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${AGENT}\r\nAccept: text/html\r\n\r\n`,
    ),
  );
  let next = 0;
  return {
    answer: 'HTTP/1.1 302 ',
    next() {
      // A step that shares no factor with the number of links visits them all, and no two neighbours in a row.
      next = (next + 7919) % links;
      return clicks[next] ?? new Uint8Array();
    },
  };
}

/** Clicks of people who were never seen before: each with an address, a browser and a campaign of its own. */
export function strangersRequests(): Requests {
  let person = 0;
  return {
    answer: 'HTTP/1.1 302 ',
    next() {
      person += 1;
      const address = [16, 8, 0].map((bits) => (person >> bits) & 255).join('.');
      return Buffer.from(
        `GET /r/blog-0?utm_source=${String(person)} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Client: 11.${address}\r\nUser-Agent: ${AGENT} Build/${String(person)}\r\n\r\n`,
      );
    },
  };
}

const FIRST_BEACON = Date.UTC(2026, 0, 1);

/** Visits as the snippet sends them, each made at a time of its own. */
export function beaconRequests(): Requests {
  let beacons = FIRST_BEACON;
  const body = JSON.stringify({
    visit: {
      search: ['?ref=blog-0', '&utm_source=bench'],
      path: '/landing',
      referrer: 'https://blog.example/',
    },
    visitorId: '5f0c1a2b3c4d5e6f708192a3',
    at: beacons,
    ageMs: 1,
  });
  const head = `POST /t HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${AGENT}\r\nOrigin: https://shop.example\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
  const madeAt = head.length + body.indexOf(String(beacons));
  return {
    answer: 'HTTP/1.1 204 ',
    next() {
      const request = Buffer.from(head + body, 'latin1');
      beacons += 1;
      request.write(String(beacons), madeAt, 'latin1');
      return request;
    },
  };
}
