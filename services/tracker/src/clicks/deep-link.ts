import { coversAddress } from '@provisie/domain';

const MAX_LENGTH = 2000;

export type DeepLink =
  | { readonly ok: true; readonly href: string }
  /** `problem` says what is wrong with it, fit for a person. */
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the `url` that a visitor's address asks to be sent on to. Only an absolute http(s) address on one of
 * the programme's hosts passes, so that the tracker is never an open redirect. What browsers and URL parsers
 * read differently (backslashes, white space, user names, missing slashes) is refused before it is parsed.
 */
export function readDeepLink(typed: string, hosts: readonly string[]): DeepLink {
  if (typed.length > MAX_LENGTH) return refused(`is longer than ${String(MAX_LENGTH)} characters`);
  if (/[\p{Cc}\p{Z}\\]/u.test(typed)) return refused('contains white space or a backslash');
  const authority = /^https?:\/\/(?<authority>[^/?#]+)/i.exec(typed)?.groups?.['authority'];
  if (authority === undefined) return refused('is not an absolute http(s) address');
  if (authority.includes('@')) return refused('carries a user name');
  const address = URL.parse(typed);
  if (address === null) return refused('is not an address');
  if (!hosts.some((host) => coversAddress(host, address))) {
    return refused('leads to a host that is not one of the programme');
  }
  return { ok: true, href: address.href };
}

function refused(problem: string): DeepLink {
  return { ok: false, problem };
}
