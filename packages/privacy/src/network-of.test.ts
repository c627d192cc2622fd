import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test.each([
  ['203.0.113.7', 'ipv4\n203.0.113'],
  ['::ffff:203.0.113.7', 'ipv4\n203.0.113'],
  ['::ffff:cb00:7107', 'ipv4\n203.0.113'],
  ['2001:db8:1:2::3', 'ipv6\n32.1.13.184.0.1'],
  ['2001:DB8:1:2:3:4:5:6', 'ipv6\n32.1.13.184.0.1'],
  ['::', 'ipv6\n0.0.0.0.0.0'],
  ['::203.0.113.7', 'ipv6\n0.0.0.0.0.0'],
  ['1::', 'ipv6\n0.1.0.0.0.0'],
  ['fe80::1%eth0', 'ipv6\n254.128.0.0.0.0'],
])('the network of %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test.each([
  '',
  '1',
  '01.2.3.4',
  '1.2.3',
  '1.2.3.4.',
  ':',
  ':::',
  '1::2::3',
  '[::1]',
  '::1]/@x',
  ' ::1',
])('%j has none', (ip) => {
  expect(networkOf(ip)).toBeNull();
});

/** As a library for addresses tells it. */
function networkByLibrary(ip: string): string | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(ip) && !ipaddr.IPv6.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  const kept = address.kind() === 'ipv4' ? 3 : 6;
  return `${address.kind()}\n${address.toByteArray().slice(0, kept).join('.')}`;
}

/** `::1.2.3.4` is an address of IPv6, once called compatible (RFC 4291, 2.5.5.1); the library takes it for mapped. */
const isCompatible = (ip: string) => /^::\d+\./.test(ip);

test('it is the one that a library for addresses tells', () => {
  const piece = fc.constantFrom(
    '0',
    '1',
    'ffff',
    'FFFF',
    '0db8',
    'cb00',
    '',
    '00000',
    'g',
    '1.2.3.4',
  );
  const nearly = fc.array(piece, { minLength: 2, maxLength: 9 }).map((pieces) => pieces.join(':'));
  const anything = fc.oneof(fc.ipV4(), fc.ipV6(), nearly, fc.string());
  const texts = anything.filter((ip) => !isCompatible(ip));
  fc.assert(
    fc.property(texts, (ip) => {
      expect(networkOf(ip)).toBe(networkByLibrary(ip));
    }),
    { numRuns: 2000 },
  );
});
