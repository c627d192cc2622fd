import * as z from 'zod';

/** A host name without scheme; `*.example.nl` covers every name below it. */
export const hostPatternSchema = z
  .string()
  .max(253)
  .regex(
    /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/,
    'a host such as www.example.nl or *.example.nl',
  );

/** What of a `URL` a pattern looks at. */
interface WebAddress {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** URLs allow more in a host than the domain name system does. */
const LABELS = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/**
 * Whether a host pattern (`www.example.nl`, `*.example.nl`, `localhost:3000`) covers the address. `*.` covers
 * every name below the domain but not the domain itself. A port has to be listed, unless it is the scheme's own.
 */
export function coversAddress(pattern: string, address: WebAddress): boolean {
  const [name = '', port] = pattern.split(':');
  const ownPort = DEFAULT_PORTS[address.protocol];
  if (ownPort === undefined) return false;
  const actualPort = address.port === '' ? ownPort : address.port;
  return actualPort === (port ?? ownPort) && coversName(name, address.hostname);
}

function coversName(pattern: string, hostname: string): boolean {
  if (!pattern.startsWith('*.')) return hostname === pattern;
  const below = pattern.slice(1);
  return hostname.endsWith(below) && LABELS.test(hostname.slice(0, -below.length));
}
