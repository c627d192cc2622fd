/** True only of values that certainly fit. */
export type PlainCheck = (value: unknown) => boolean;

type Fields = Readonly<Record<string, PlainCheck>>;

/**
 * A check for objects of JSON that have every `required` field, any of the `optional` ones, and no other. It is many
 * times cheaper than a schema, and says no more than yes: what it refuses may fit all the same.
 */
export function plainObject(required: Fields, optional: Fields): PlainCheck {
  const needed = Object.entries(required).map(([name, fits]) => ({ name, fits, counts: 1 }));
  const others = Object.entries(optional).map(([name, fits]) => ({ name, fits, counts: 0 }));
  const fields = new Map([...needed, ...others].map((field) => [field.name, field]));
  return (value) => {
    if (!isRecord(value)) return false;
    let met = 0;
    for (const name in value) {
      const field = fields.get(name);
      if (field?.fits(value[name]) !== true) return false;
      met += field.counts;
    }
    return met === needed.length;
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
