/**
 * The network of an address: /24 of IPv4 as `ipv4\n203.0.113`, /48 of IPv6 as its six bytes, `ipv6\n32.1.13.184.0.1`.
 * An IPv4 address inside IPv6 (`::ffff:203.0.113.7`) is that IPv4 address. Null when `ip` isn't an address.
 *
 * IPv6 is read by the runtime's own URL parser (WHATWG URL, "IPv6 parser"): each of them has one, and at the edge
 * a library for it would be among the heaviest.
 */
export function networkOf(ip: string): string | null {
  if (IPV4.test(ip)) return `ipv4\n${ip.slice(0, ip.lastIndexOf('.'))}`;
  const pieces = readIpv6(ip);
  if (pieces === null) return null;
  const inside = pieces.slice(0, 5).every((piece) => piece === 0) && pieces[5] === 0xff_ff;
  const bytes = pieces.flatMap((piece) => [piece >> 8, piece & 0xff]);
  return inside ? `ipv4\n${bytes.slice(12, 15).join('.')}` : `ipv6\n${bytes.slice(0, 6).join('.')}`;
}

/** Four decimal parts without leading zeros. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** With the zone that a link-local address may name (RFC 4007). */
const IPV6 = /^(?<address>[\da-f:]+(?:\d+\.\d+\.\d+\.\d+)?)(?:%[\da-z]+)?$/i;

/** Eight numbers of 16 bits. */
function readIpv6(ip: string): readonly number[] | null {
  const address = IPV6.exec(ip)?.groups?.['address'];
  const url = address === undefined ? null : URL.parse(`http://[${address}]`);
  if (url === null) return null;
  const [head = [], tail = []] = url.hostname.slice(1, -1).split('::').map(piecesOf);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

function piecesOf(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((piece) => Number.parseInt(piece, 16));
}
