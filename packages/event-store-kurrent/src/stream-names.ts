import { EventStoreError } from '@provisie/event-store';

/** Before a name that the server would take for one of its own. */
const escape = '~';

/**
 * How streams are called on the server. A name is kept as it is, unless it begins with `$`, which marks the
 * server's own streams, or with the mark that escapes it. With a namespace, every name begins with that.
 */
export class StreamNames {
  readonly #prefix: string;

  /** Throws `RangeError` for a namespace that isn't 1 to 64 letters, digits, `_` and `.`. */
  constructor(namespace: string | undefined) {
    if (namespace !== undefined && !/^[A-Za-z0-9_.]{1,64}$/.test(namespace)) {
      throw new RangeError('namespace must be 1 to 64 letters, digits, underscores and dots.');
    }
    this.#prefix = namespace === undefined ? '' : `${namespace}:`;
  }

  onServer(stream: string): string {
    const isMarked = stream.startsWith('$') || stream.startsWith(escape);
    return `${this.#prefix}${isMarked ? escape : ''}${stream}`;
  }

  /** Null for a stream of others. */
  ofServer(name: string): string | null {
    if (name.startsWith('$') || !name.startsWith(this.#prefix)) return null;
    const stream = name.slice(this.#prefix.length);
    return stream.startsWith(escape) ? stream.slice(escape.length) : stream;
  }

  /** A regular expression for the server; it lets through all that is wanted, and little else. */
  pattern(categories: readonly string[] | undefined): string {
    const prefix = quoted(this.#prefix);
    if (categories === undefined) return prefix === '' ? '^[^$]' : `^${prefix}`;
    const wanted = [...new Set(categories)].map((category) => quoted(this.#escaped(category)));
    return `^${prefix}(?:${wanted.join('|')})(?:-|$)`;
  }

  #escaped(category: string): string {
    return this.onServer(category).slice(this.#prefix.length);
  }
}

export function categoryOf(stream: string): string {
  return stream.split('-', 1)[0] ?? '';
}

/** The server keeps types that begin with `$` to itself. */
export function checkTypes(events: readonly { readonly type: string }[]): void {
  for (const [index, { type }] of events.entries()) {
    if (!type.startsWith('$')) continue;
    throw new EventStoreError(
      'event_invalid',
      `events[${index}].type must not begin with $, which marks the server's own events; it is ${JSON.stringify(type.slice(0, 80))}.`,
    );
  }
}

/** Means the same to .NET, which the server uses, and to JavaScript. */
function quoted(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
}
