import { IncomingMessage } from 'node:http';

/** Who asks: what is read of the request, and what the server gives along. A context of Hono's Node adapter is one. */
export interface Caller {
  readonly req: { readonly raw: { readonly headers: Pick<Headers, 'get'> } };
  readonly env: unknown;
}

/** Null: visitors reach the server directly. Else the header that a proxy in front sets. */
export function clientAddressBy(header: string | null): (caller: Caller) => string | null {
  return header === null ? addressOfSocket : addressFromHeader(header);
}

function addressOfSocket({ env }: Caller): string | null {
  const incoming = typeof env === 'object' && env !== null && 'incoming' in env && env.incoming;
  return incoming instanceof IncomingMessage ? (incoming.socket.remoteAddress ?? null) : null;
}

/** The last address in it is the one that the proxy itself saw; what stands before it anyone may have written. */
function addressFromHeader(name: string): (caller: Caller) => string | null {
  return ({ req }) => {
    const last = req.raw.headers.get(name)?.split(',').at(-1)?.trim();
    return last === undefined || last === '' ? null : withoutPort(last);
  };
}

/** Some proxies write the visitor's port along (Azure's `203.0.113.7:50514`), which another request has not. */
function withoutPort(address: string): string {
  const { v4, v6 } = WITH_PORT.exec(address)?.groups ?? {};
  return v4 ?? v6 ?? address;
}

/** IPv6 stands in brackets then, or a port could not be told from it. */
const WITH_PORT = /^(?:(?<v4>[\d.]+):\d+|\[(?<v6>[\da-f:.]+)\](?::\d+)?)$/i;
