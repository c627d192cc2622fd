import { hash } from 'node:crypto';
import { clickIdOf } from '@provisie/admin-api';
import { linkCodeSchema } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import type { LoggedRequest } from './log-line.ts';

/** A request that followed a link, or landed with one, as the tracker would have seen it. */
interface LoggedClick {
  /** What `/r/` would have been called with. */
  readonly code: string;
  readonly query: URLSearchParams;
  /** Whoever clicked had it in the address already; null: the line says none. */
  readonly clickId: string | null;
}

export type ReadClick =
  | { readonly kind: 'click'; readonly click: LoggedClick }
  | { readonly kind: 'dropped'; readonly reason: 'not_a_click' | 'not_answered' | 'unknown_code' };

/**
 * Two kinds of lines are clicks: `GET <trackerPath><code>` that was answered with a redirect, and any page
 * opened with `?ref=<code>` that was answered. A person who passes an old tracker leaves one line in its
 * log and one in the shop's: import only one of the two.
 */
export function readLoggedClick(
  request: LoggedRequest,
  trackerPath: string,
  isLink: (code: string) => boolean,
): ReadClick {
  const address = URL.parse(request.target, 'http://log.invalid');
  if (address === null) return { kind: 'dropped', reason: 'not_a_click' };
  const isRedirect = address.pathname.startsWith(trackerPath);
  const ref = isRedirect ? codeOf(address, trackerPath) : address.searchParams.get('ref');
  if (ref === null) return { kind: 'dropped', reason: 'not_a_click' };
  if (!linkCodeSchema.safeParse(ref).success || !isLink(ref)) {
    return { kind: 'dropped', reason: 'unknown_code' };
  }
  if (!wasAnswered(request.status, isRedirect)) return { kind: 'dropped', reason: 'not_answered' };
  const query = new URLSearchParams(address.searchParams);
  // The tracker would take it as a deep link; where it led is long past.
  query.delete('url');
  return { kind: 'click', click: { code: ref, query, clickId: idOf(query.get('click_id')) } };
}

/** The id of a click whose line names none: the same line gives the same id, the second of equal lines another. */
export function touchIdOfLine(line: string, ordinal: number): string {
  return eventIdOf('access-log', hash('sha256', line, 'base64url'), String(ordinal));
}

function codeOf(address: URL, trackerPath: string): string {
  const rest = address.pathname.slice(trackerPath.length);
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}

function wasAnswered(status: number, isRedirect: boolean): boolean {
  return isRedirect ? status >= 301 && status <= 308 : status === 200 || status === 304;
}

/** Over-long text is nobody's click id. */
function idOf(clickId: string | null): string | null {
  return clickId === null || clickId === '' || clickId.length > 200 ? null : clickIdOf(clickId);
}
