import { expect, test } from 'vitest';
import { coversAddress } from './host-pattern.ts';

test.each([
  ['www.example.nl', 'https://www.example.nl/aanbouw', true],
  ['www.example.nl', 'http://www.example.nl/', true],
  ['www.example.nl', 'https://example.nl/', false],
  ['*.example.nl', 'https://shop.example.nl/', true],
  ['*.example.nl', 'https://a.b.example.nl/', true],
  ['*.example.nl', 'https://example.nl/', false],
  ['*.example.nl', 'https://evilexample.nl/', false],
  ['www.example.nl', 'https://www.example.nl.evil.nl/', false],
  ['localhost:3000', 'http://localhost:3000/x', true],
  ['localhost:3000', 'http://localhost:3001/x', false],
  ['www.example.nl', 'https://www.example.nl:8443/', false],
  ['www.example.nl', 'ftp://www.example.nl/', false],
])('%s covers %s: %s', (pattern, address, covered) => {
  expect(coversAddress(pattern, partsOf(address))).toBe(covered);
});

/** As a `URL` takes it apart; the port is empty when it isn't there. */
function partsOf(address: string) {
  const parts = /^(?<protocol>[a-z]+:)\/\/(?<hostname>[^/:]+)(:(?<port>\d+))?\//.exec(address);
  const { protocol = '', hostname = '', port = '' } = parts?.groups ?? {};
  return { protocol, hostname, port };
}
