import { linkCodeSchema } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import { readDeepLink } from './deep-link.ts';
import type { DeepLink } from './deep-link.ts';
import type { ClickDropReason } from '../recording/drop-counters.ts';
import type { Link, LinkDirectory, Programme } from '../directory/link-directory.ts';
import type { RequestHeaders, TrackerRequest } from '../tracker-context.ts';
import { isPrefetch, senderOf } from '../request/user-agent.ts';
import type { Sender } from '../request/user-agent.ts';

/** A request for a tracking link, with what the directory knows of it. */
export interface Arrival {
  readonly at: Instant;
  readonly code: string;
  readonly link: Link | null;
  readonly programme: Programme | null;
  /** Where the visitor is sent; a refused deep link says why. */
  readonly destination: DeepLink;
  readonly method: string;
  readonly headers: RequestHeaders;
  readonly query: URLSearchParams;
  readonly sender: Sender;
}

interface Step {
  readonly reason: ClickDropReason;
  readonly drops: (arrival: Arrival) => boolean;
}

/** What a request passes before it counts as a click, in this order: the first that drops it names the reason. */
const STEPS: readonly Step[] = [
  { reason: 'malformed_code', drops: ({ link, code }) => link === null && !isLinkCode(code) },
  { reason: 'unknown_code', drops: ({ link }) => link === null },
  { reason: 'foreign_destination', drops: ({ destination }) => !destination.ok },
  { reason: 'link_disabled', drops: ({ link, at }) => link?.isDisabledAt(at) === true },
  { reason: 'head', drops: ({ method }) => method === 'HEAD' },
  { reason: 'prefetch', drops: ({ headers }) => isPrefetch(headers) },
  { reason: 'link_preview', drops: ({ sender }) => sender === 'link_preview' },
  { reason: 'bot', drops: ({ sender }) => sender === 'bot' },
];

/** Null: a person's click. */
export function dropReason(arrival: Arrival): ClickDropReason | null {
  return STEPS.find(({ drops }) => drops(arrival))?.reason ?? null;
}

export function readArrival(
  request: TrackerRequest,
  code: string,
  directory: LinkDirectory,
  at: Instant,
): Arrival {
  const query = new URLSearchParams(queryOf(request.url));
  const link = directory.link(code);
  const programme = link === null ? null : directory.programme(link.programmeId);
  return {
    at,
    code,
    link,
    programme,
    destination: destinationOf(link, programme, query.getAll('url'), at),
    method: request.method,
    headers: request.headers,
    query,
    sender: senderOf(request.headers.get('user-agent') ?? ''),
  };
}

function isLinkCode(code: string): boolean {
  return linkCodeSchema.safeParse(code).success;
}

/** Without the address around it, which nobody needs here and which takes longer to parse than the query. */
function queryOf(url: string): string {
  const [beforeFragment = ''] = url.split('#', 1);
  const mark = beforeFragment.indexOf('?');
  return mark === -1 ? '' : beforeFragment.slice(mark + 1);
}

/** An empty `url` is no deep link: networks fill templates that way. */
function destinationOf(
  link: Link | null,
  programme: Programme | null,
  urls: readonly string[],
  at: Instant,
): DeepLink {
  if (link === null) return { ok: false, problem: 'has no link to belong to' };
  const [wanted, ...further] = urls.filter((url) => url !== '');
  if (wanted === undefined) return { ok: true, href: link.destinationAt(at) };
  if (further.length > 0) return { ok: false, problem: 'is there more than once' };
  return readDeepLink(wanted, programme?.hosts ?? []);
}
