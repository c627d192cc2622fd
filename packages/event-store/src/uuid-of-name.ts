import { parse, v5 } from 'uuid';

const encoder = new TextEncoder();

/** Makes UUIDv5 (RFC 9562) of names in a namespace, wherever JavaScript runs. */
export function createNameUuids(namespace: string): (name: string) => string {
  const bytes = parse(namespace);
  return (name) => v5(encoder.encode(name), bytes);
}
