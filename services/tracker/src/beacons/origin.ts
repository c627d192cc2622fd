import type { LinkDirectory } from '../directory/link-directory.ts';
import { createMemory } from '../request/memory.ts';
import type { TrackerRequest } from '../tracker-context.ts';

/** Whose page sends the request: none said (a server), one of ours, or a stranger's. */
export type Origin =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'foreign' };

/** Beacons come from the pages of programmes, and from the host that serves the tracker itself. */
export function readOrigin(request: TrackerRequest, directory: LinkDirectory): Origin {
  const origin = request.headers.get('origin');
  if (origin === null) return { kind: 'none' };
  const address = addresses(origin, () => URL.parse(origin));
  if (address === null) return { kind: 'foreign' };
  const [, , ownHost] = request.url.split('/', 3);
  const isOwn = address.host === ownHost;
  if (!isOwn && !directory.isOnProgrammeHost(address)) return { kind: 'foreign' };
  return {
    kind: 'known',
    headers: {
      'Access-Control-Allow-Origin': address.origin,
      'Access-Control-Allow-Credentials': 'true',
      Vary: 'Origin',
    },
  };
}

/** Nearly all beacons come from a few pages. */
const addresses = createMemory<URL | null>();

/** What a preflight of `POST /t` may promise; JSON needs one, the snippet's plain text doesn't. */
export function preflightHeaders(): Readonly<Record<string, string>> {
  return {
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '7200',
  };
}
