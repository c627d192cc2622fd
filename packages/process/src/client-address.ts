import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** For a server that visitors reach directly. */
export function addressOfSocket(context: Context): string | null {
  return getConnInfo(context).remote.address ?? null;
}

/**
 * For a server behind a proxy of one's own that sets the header: the last address in it is the one that
 * the proxy itself saw, what stands before it anyone may have written.
 */
export function addressFromHeader(name: string): (context: Context) => string | null {
  return (context) => {
    const last = context.req.header(name)?.split(',').at(-1)?.trim();
    return last === undefined || last === '' ? null : last;
  };
}
