import type { Context } from 'hono';
import { problemAnswer } from '../problems.ts';
import type { DirectoryPublisher } from './directory-publisher.ts';

export interface DirectoryRouteOptions {
  readonly publisher: DirectoryPublisher;
  /** What callers send as `Authorization: Bearer …`. */
  readonly token: string;
}

/** `GET /link-directory`: the links and programmes for trackers that can't follow the log themselves. */
export function directoryRoute({ publisher, token }: DirectoryRouteOptions) {
  return async (context: Context): Promise<Response> => {
    if (!(await isToken(context.req.header('authorization'), token))) {
      const headers = { 'WWW-Authenticate': 'Bearer' };
      const detail = 'Send the token of the link directory as `Authorization: Bearer …`.';
      return problemAnswer('not_authenticated', detail, { headers });
    }
    const document = await publisher.document();
    if (document === null) {
      const detail = 'The directory is being read from the log; ask again in a moment.';
      return problemAnswer('directory_not_ready', detail, { headers: { 'Retry-After': '2' } });
    }
    const headers = new Headers({
      ETag: document.etag,
      'Cache-Control': 'private, no-cache',
      'Content-Type': 'application/json',
      Vary: 'Authorization, Accept-Encoding',
    });
    if (isKnown(context.req.header('if-none-match'), document.etag)) {
      return new Response(null, { status: 304, headers });
    }
    if (!/\bgzip\b/.test(context.req.header('accept-encoding') ?? '')) {
      return new Response(document.text, { headers });
    }
    headers.set('Content-Encoding', 'gzip');
    return new Response(await publisher.gzipped(document), { headers });
  };
}

/** A proxy that compresses marks the tag as weak; the content is the same. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag);
}

/** By their hashes, so that the time it takes tells nothing of the token. */
async function isToken(authorization: string | undefined, token: string): Promise<boolean> {
  const sent = /^Bearer (?<token>\S+)$/i.exec(authorization ?? '')?.groups?.['token'] ?? '';
  const [one, other] = await Promise.all([hashOf(sent), hashOf(token)]);
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

async function hashOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
