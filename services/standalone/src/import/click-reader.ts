import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { EventPayload, NewFact } from '@provisie/domain';
import type { CustomerKeys, IpHasher } from '@provisie/privacy';
import { createDropCounters, createTracker } from '@provisie/tracker';
import type { LinkDirectory, TouchRecorder } from '@provisie/tracker';
import type { LoggedRequest } from './log-line.ts';
import { readLoggedClick, touchIdOfLine } from './logged-click.ts';

export type ClickEvent = NewFact<'ClickRecorded'>;

/** Why a readable line is no click: our own reasons, then those of the tracker. */
type DropReason = string;

export type ReadRequest =
  | { readonly kind: 'click'; readonly event: ClickEvent }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

export interface ClickReaderOptions {
  readonly directory: LinkDirectory;
  readonly ipHasher: IpHasher;
  readonly customerKeys: CustomerKeys;
  /** Makes visitor ids that nobody can turn back into an address. */
  readonly visitorSecret: Uint8Array;
  readonly trackerPath: string;
}

/**
 * Turns logged requests into the clicks that the tracker would have recorded: each passes the tracker's own
 * steps, at the time at which it was made. One request at a time.
 */
export function createClickReader(options: ClickReaderOptions) {
  const { directory, trackerPath } = options;
  const replay = createReplay(options);
  const visitorSecret = createSecretKey(options.visitorSecret);
  const seenClickIds = new Set<string>();
  const ordinals = createOrdinals();

  return async (line: string, request: LoggedRequest): Promise<ReadRequest> => {
    const read = readLoggedClick(request, trackerPath, (code) => directory.link(code) !== null);
    if (read.kind === 'dropped') return read;
    const { click } = read;
    if (click.clickId !== null && seenClickIds.has(click.clickId)) return dropped('repeated');
    const touchId = click.clickId ?? touchIdOfLine(line, ordinals(line, request.at));
    const visitorId = visitorOf(visitorSecret, request);
    const result = await replay(request, click.code, click.query, touchId, visitorId);
    if (result.kind === 'click' && click.clickId !== null) seenClickIds.add(click.clickId);
    return result;
  };
}

function dropped(reason: DropReason): ReadRequest {
  return { kind: 'dropped', reason };
}

/** The tracker, with the moment and the id of the logged request in place of today's. */
function createReplay({ directory, ipHasher, customerKeys }: ClickReaderOptions) {
  const counters = createDropCounters();
  let now = 0;
  let touchId = '';
  let event: NewFact | null = null;
  let reason: string | null = null;
  const recorder: TouchRecorder = {
    record: (touch) => {
      event = touch;
      return Promise.resolve({ recorded: true, repeated: false });
    },
    idle: () => Promise.resolve(),
  };
  const app = createTracker({
    directory,
    recorder,
    counters: { ...counters, droppedClick: (why) => (reason = why) },
    ipHasher,
    customerKeys,
    ids: () => touchId,
    now: () => now,
    secureCookies: false,
    // The visitor id of an imported click is made of the address already; no second trace of it is kept.
    clientAddress: () => null,
  });

  return async (
    request: LoggedRequest,
    code: string,
    query: URLSearchParams,
    id: string,
    visitorId: string,
  ): Promise<ReadRequest> => {
    now = request.at;
    touchId = id;
    event = null;
    reason = null;
    const { method } = request;
    const target = `http://log.invalid/r/${encodeURIComponent(code)}?${query.toString()}`;
    if (method !== 'GET' && method !== 'HEAD') return dropped('not_a_click');
    await app.request(target, { method, headers: headersOf(request) });
    return outcomeOf(event, reason, visitorId);
  };
}

function outcomeOf(event: NewFact | null, reason: string | null, visitorId: string): ReadRequest {
  if (event === null || !isClick(event)) return dropped(reason ?? 'not_a_click');
  const data: EventPayload<'ClickRecorded'> = { ...event.data, visitorId };
  return { kind: 'click', event: { ...event, data } };
}

function isClick(event: NewFact): event is ClickEvent {
  return event.type === 'ClickRecorded';
}

function headersOf({ agent, referrer }: LoggedRequest): Headers {
  const headers = new Headers();
  headers.set('user-agent', headerText(agent));
  if (referrer !== '') headers.set('referer', headerText(referrer));
  return headers;
}

/** What came over the wire can hold anything; a header here can't. */
function headerText(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/g, ' ').trim();
}

/** The same address and agent on one UTC day are one visitor; on the next day they are another. */
function visitorOf(secret: KeyObject, { ip, agent, at }: LoggedRequest): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return createHmac('sha256', secret)
    .update(JSON.stringify([ip, agent, day]))
    .digest('base64url');
}

/** How often the very same line was seen before it; equal lines stand close together. */
function createOrdinals() {
  const counts = new Map<string, number>();
  let newest = 0;
  return (line: string, at: number): number => {
    if (at > newest + KEPT_MS) {
      counts.clear();
      newest = at;
    }
    const ordinal = counts.get(line) ?? 0;
    counts.set(line, ordinal + 1);
    return ordinal;
  };
}

const KEPT_MS = 3_600_000;
