const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Whether a host pattern (`www.example.nl`, `*.example.nl`, `localhost:3000`) covers the address, as the tracker
 * reads it: `*.` covers every name below the domain but not the domain itself; a port has to be listed, unless
 * it is the scheme's own.
 */
export function coversAddress(pattern: string, address: URL): boolean {
  const [name = '', port] = pattern.split(':');
  const ownPort = DEFAULT_PORTS[address.protocol];
  if (ownPort === undefined) return false;
  const actualPort = address.port === '' ? ownPort : address.port;
  return actualPort === (port ?? ownPort) && coversName(name, address.hostname);
}

function coversName(pattern: string, hostname: string): boolean {
  if (!pattern.startsWith('*.')) return hostname === pattern;
  const below = pattern.slice(1);
  return hostname.length > below.length && hostname.endsWith(below);
}
