import { hash } from 'node:crypto';
import { parse } from 'uuid';

/** As the other one, in a third of the time, by a function that only Node has. */
export function createNameUuids(namespace: string): (name: string) => string {
  const bytes = parse(namespace);
  return (name) => uuidOf(hash('sha1', Buffer.concat([bytes, Buffer.from(name)])));
}

/** Of the hash, with version 5 and the variant of RFC 9562 in their places. */
function uuidOf(hex: string): string {
  const variant = (Number.parseInt(hex.charAt(16), 16) & 0b11) | 0b1000;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
