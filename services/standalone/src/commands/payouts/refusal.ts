import { z } from 'zod';
import { UsageError } from '@provisie/process';

const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  errors: z
    .array(z.object({ path: z.string(), problem: z.string(), expected: z.string().optional() }))
    .default([]),
});
type Problem = z.infer<typeof problemSchema>;

/** Of the server, or of what stands before it. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** The server refused; `message` says what was wrong, where, and what to do. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  /** The server's stable code; null when what answered is no Provisie. */
  readonly code: string | null;
  /** The same request may well succeed in a moment. */
  readonly mayPass: boolean;
  readonly retryAfterMs: number | null;

  constructor(message: string, code: string | null, { status, headers }: Response) {
    super(message);
    this.code = code;
    this.mayPass = PASSING.has(status) || code === 'idempotency_in_progress';
    this.retryAfterMs = secondsOf(headers.get('Retry-After'));
  }
}

function secondsOf(text: string | null): number | null {
  return text !== null && /^\d{1,3}$/.test(text) ? Number(text) * 1000 : null;
}

/** What an answer that isn't good says, for a person. */
export async function answerRefusal(address: string, response: Response): Promise<RefusalError> {
  const text = await response.text().catch(() => '');
  const problem = problemOf(text);
  if (problem !== null) return new RefusalError(problemText(problem), problem.code, response);
  const { status } = response;
  const location = response.headers.get('Location');
  const message =
    location === null
      ? `${address} answered with status ${String(status)}: ${firstLine(text)}`
      : `${address} leads on to ${location}. If that is your server, name its address with --url or PROVISIE_URL.`;
  return new RefusalError(message, null, response);
}

function problemOf(text: string): Problem | null {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  not_authenticated: 'PROVISIE_ACCESS_KEY must hold an access key of this server.',
  scope_missing: 'Use an access key with the scope finance or admin.',
};

function problemText({ code, detail, errors }: Problem): string {
  const hint = WHAT_TO_DO[code];
  return [
    detail,
    ...errors.map(
      ({ path, problem, expected }) =>
        `  ${path}: ${problem}${expected === undefined ? '' : ` (expected: ${expected})`}`,
    ),
    ...(hint === undefined ? [] : [hint]),
  ].join('\n');
}

function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').slice(0, 200) || 'nothing';
}

const NOBODY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The request never left; without a code it is one that can't. */
export function isNobodyThere(error: Error): boolean {
  const code = codeOf(error);
  return code === null || NOBODY.has(code);
}

/** Says which address was called and what to do about it. */
export function unreachable(url: string, method: 'GET' | 'POST', error: Error): UsageError {
  const isUnknown = method === 'POST' && !isNobodyThere(error);
  const whatThen = isUnknown
    ? ' Whether it was done is not known: `provisie payouts list` shows it once the server is back.'
    : '';
  return new UsageError(
    `No server answers at ${url} (${reasonOf(error)}). Start it with \`provisie serve\`, or name another address with --url or PROVISIE_URL.${whatThen}`,
  );
}

/** The reason stands deep in what `fetch` throws. */
function reasonOf(error: Error): string {
  const { cause, message } = error;
  const deeper = cause instanceof Error && cause.message !== '' ? cause.message : message;
  return codeOf(error) ?? deeper;
}

function codeOf({ cause }: Error): string | null {
  const isCoded = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
  return isCoded ? String(cause.code) : null;
}
