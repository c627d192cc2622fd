import { config, ZodObject, type ZodError } from 'zod';
import { jsonPointer } from './json.ts';
import { httpProblem } from './problem.ts';
import type { ProblemLocation } from './problem.ts';

type Issue = ZodError['issues'][number];

// Which names a strict object knows, zod tells nobody but the one who words the problem, for the whole process.
config({
  customError: ({ code, inst, keys }) =>
    code === 'unrecognized_keys' && inst instanceof ZodObject
      ? `there is no ${keys.join(', ')} here; known are ${Object.keys(inst.shape).join(', ')}`
      : undefined,
});

/** At most so many are listed; a body can hold thousands of wrong values. */
const MAX_LISTED = 50;

/** The `defaultHook` of an `OpenAPIHono`: what doesn't fit its schema is a 400 that names every bad value. */
export function validationHook(
  result: { readonly target: string } & (
    { readonly success: true } | { readonly success: false; readonly error: ZodError }
  ),
): void {
  if (result.success) return;
  throw invalidRequest(result.error, result.target === 'json' ? '' : result.target);
}

/** `prefix`: where the value stands, before the paths of the issues; empty for the body. */
export function invalidRequest(error: ZodError, prefix = '') {
  const errors = locationsOf(error.issues, prefix);
  const more = error.issues.length - errors.length;
  const named = errors.length === 1 ? 'One value is' : `${String(error.issues.length)} values are`;
  return httpProblem(
    'invalid_request',
    `${named} not right; see \`errors\`${more > 0 ? ` (the first ${String(MAX_LISTED)})` : ''}.`,
    { errors },
  );
}

function locationsOf(issues: readonly Issue[], prefix: string): readonly ProblemLocation[] {
  return issues.slice(0, MAX_LISTED).map((issue) => locationOf(issue, prefix));
}

function locationOf(issue: Issue, prefix: string): ProblemLocation {
  const path =
    prefix === '' ? jsonPointer(issue.path) : [prefix, ...issue.path].map(String).join('/');
  const expected = expectedBy(issue);
  return expected === null
    ? { path, problem: issue.message }
    : { path, problem: problemOf(issue), expected };
}

/** zod's own words, where they don't say what a person would. */
function problemOf(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return 'is missing';
  }
  return isWordedPattern(issue) ? 'has another form' : issue.message;
}

/** A pattern with a message of its own, which says what would be right. */
function isWordedPattern(issue: Issue): boolean {
  return (
    issue.code === 'invalid_format' &&
    issue.format === 'regex' &&
    !issue.message.startsWith('Invalid ')
  );
}

/** What is meant by a format whose pattern nobody can read. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['date', 'a day such as 2026-03-01'],
  ['datetime', 'a moment with its offset, such as 2026-03-01T09:30:00Z'],
  ['email', 'an e-mail address such as anna@example.nl'],
]);

function expectedBy(issue: Issue): string | null {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(' | ');
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    case 'invalid_format':
      if (isWordedPattern(issue)) return issue.message;
      return FORMATS.get(issue.format) ?? issue.pattern ?? issue.format;
    case 'not_multiple_of':
      return `a multiple of ${String(issue.divisor)}`;
    case 'unrecognized_keys':
      return `without ${issue.keys.join(', ')}`;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      break;
  }
  return null;
}
