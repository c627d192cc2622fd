/** One place where what was sent differs from what was recorded. */
export interface Difference {
  /** JSON pointer (RFC 6901). */
  readonly path: string;
  /** Absent where nothing was recorded. */
  readonly recorded?: unknown;
  /** Absent where nothing was sent. */
  readonly sent?: unknown;
}

/** Field by field; empty when they are the same. Both are JSON; an undefined member is an absent one. */
export function differencesBetween(
  recorded: unknown,
  sent: unknown,
  path = '',
): readonly Difference[] {
  if (isContainer(recorded) && isContainer(sent) && isList(recorded) === isList(sent)) {
    const before = new Map(Object.entries(recorded));
    const after = new Map(Object.entries(sent));
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    return keys.flatMap((key) =>
      differencesBetween(before.get(key), after.get(key), `${path}/${escaped(key)}`),
    );
  }
  if (Object.is(recorded, sent)) return [];
  return [
    {
      path,
      ...(recorded === undefined ? {} : { recorded }),
      ...(sent === undefined ? {} : { sent }),
    },
  ];
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isList(value: object): boolean {
  return Array.isArray(value);
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
