export type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/** What follows the server in an address: `/v1/orders/{orderId}`, filled in and encoded, with the query. */
export function addressOf(path: string, parameters: Values = {}, query: Values = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    segment(name, parameters[name]),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const asked = search.toString();
  return asked === '' ? filled : `${filled}?${asked}`;
}

/** A part that is empty or made of dots would name another route. */
function segment(name: string, value: Values[string] = ''): string {
  const text = String(value);
  if (/^\.{0,2}$/.test(text)) {
    throw new TypeError(`path.${name} is ${JSON.stringify(text)}; an id is needed.`);
  }
  return encodeURIComponent(text);
}

/** Where the server is, without a slash at the end. Throws a `TypeError` for what can't be one. */
export function serverAddress(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TypeError('baseUrl is no address of a server; https://go.example.nl is one.');
  }
  // `fetch` refuses such an address with an error that quotes it.
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('baseUrl holds a name or password; the key is given as `key`.');
  }
  return url.href.replace(/\/$/, '');
}
