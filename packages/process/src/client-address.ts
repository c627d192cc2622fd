import { IncomingMessage } from 'node:http';

/** Who asks: what is read of the request, and what the server gives along. A context of Hono's Node adapter is one. */
export interface Caller {
  readonly req: { readonly raw: { readonly headers: Pick<Headers, 'get'> } };
  readonly env: unknown;
}

/** For a server that visitors reach directly. */
export function addressOfSocket({ env }: Caller): string | null {
  const incoming = typeof env === 'object' && env !== null && 'incoming' in env && env.incoming;
  return incoming instanceof IncomingMessage ? (incoming.socket.remoteAddress ?? null) : null;
}

/**
 * For a server behind a proxy of one's own that sets the header: the last address in it is the one that
 * the proxy itself saw, what stands before it anyone may have written.
 */
export function addressFromHeader(name: string): (caller: Caller) => string | null {
  return ({ req }) => {
    const last = req.raw.headers.get(name)?.split(',').at(-1)?.trim();
    return last === undefined || last === '' ? null : last;
  };
}
