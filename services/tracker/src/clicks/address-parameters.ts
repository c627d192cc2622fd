/**
 * Adds parameters to an address, whose own query and fragment stay byte for byte as they were. A name that the
 * address has already keeps the address's own value, unless it is among `replaced`.
 */
export function withParameters(
  href: string,
  parameters: Iterable<readonly [string, string]>,
  replaced: ReadonlySet<string> = new Set(),
): string {
  const { beforeQuery, pairs, fragment } = takeApart(href);
  const query: string[] = [];
  const taken: string[] = [];
  for (const pair of pairs) {
    const name = nameOf(pair);
    if (replaced.has(name)) continue;
    taken.push(name);
    query.push(pair);
  }
  for (const [name, value] of parameters) {
    if (taken.includes(name)) continue;
    taken.push(name);
    query.push(`${encoded(name)}=${encoded(value)}`);
  }
  return `${beforeQuery}${query.length === 0 ? '' : `?${query.join('&')}`}${fragment}`;
}

/** Most names and values need no escape, and to see that takes a fraction of the time of encoding. */
function encoded(text: string): string {
  return PLAIN.test(text) ? text : encodeURIComponent(text.toWellFormed());
}

const PLAIN = /^[\w.~-]*$/;

function takeApart(href: string) {
  const hash = href.indexOf('#');
  const fragment = hash === -1 ? '' : href.slice(hash);
  const withoutFragment = hash === -1 ? href : href.slice(0, hash);
  const mark = withoutFragment.indexOf('?');
  const beforeQuery = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query = mark === -1 ? '' : withoutFragment.slice(mark + 1);
  return { beforeQuery, pairs: query === '' ? [] : query.split('&'), fragment };
}

/** As a reader of the query would decode it, so that `click%5Fid` is seen for what it is. */
function nameOf(pair: string): string {
  if (/^[\w.-]*(?:=|$)/.test(pair)) return pair.split('=', 1)[0] ?? '';
  const [name = ''] = new URLSearchParams(pair).keys();
  return name;
}
