/** True only of values that certainly fit. */
export type PlainCheck = (value: unknown) => boolean;

type Fields = Readonly<Record<string, PlainCheck>>;

/**
 * A check for objects of JSON that have every `required` field, any of the `optional` ones, and no other. It is many
 * times cheaper than a schema, and says no more than yes: what it refuses may fit all the same.
 */
export function plainObject(required: Fields, optional: Fields): PlainCheck {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  const needed = new Set(Object.keys(required));
  return (value) => {
    if (!isRecord(value)) return false;
    let met = 0;
    for (const name in value) {
      if (checks.get(name)?.(value[name]) !== true) return false;
      if (needed.has(name)) met += 1;
    }
    return met === needed.size;
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Texts of so many UTF-16 code units. */
export function plainText(least: number, most: number): PlainCheck {
  return (value) => typeof value === 'string' && value.length >= least && value.length <= most;
}

/** Texts that the pattern matches; it has neither flag `g` nor `y`. */
export function plainMatch(pattern: RegExp): PlainCheck {
  return (value) => typeof value === 'string' && pattern.test(value);
}

export function plainOneOf(values: readonly unknown[]): PlainCheck {
  return (value) => values.includes(value);
}
