/** One line of nginx's `combined` format, with what it tells. */
export interface LoggedRequest {
  readonly ip: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly status: number;
  /** Empty when none was sent. */
  readonly referrer: string;
  readonly agent: string;
}

export type ReadLine =
  | { readonly ok: true; readonly request: LoggedRequest }
  | { readonly ok: false; readonly problem: string };

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
const COMBINED = new RegExp(
  String.raw`^(\S+) \S+ .*?\[([^\]]*)\] ${QUOTED} (\d{3}) (?:\d+|-) ${QUOTED} ${QUOTED}`,
);
const REQUEST = /^([A-Z]{3,20}) (\S+) HTTP\/\d(?:\.\d)?$/;
const TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads a line; more fields after the agent, as many sites add them, are left alone. */
export function readLogLine(line: string): ReadLine {
  const [matched, ip, time, request, status, referrer, agent] = COMBINED.exec(line) ?? [];
  if (matched === undefined) return unreadable('is not in the combined format, or is cut off');
  const at = instantOf(time ?? '');
  if (at === null) return unreadable(`holds no time like 03/Jul/2026:14:05:59 +0200`);
  const [, method, target] = REQUEST.exec(request ?? '') ?? [];
  if (method === undefined || target === undefined) {
    return unreadable('holds no HTTP request (TLS or something else on a plain port)');
  }
  return {
    ok: true,
    request: {
      ip: ip ?? '',
      at,
      method,
      target: unescaped(target),
      status: Number(status),
      referrer: valueOf(referrer),
      agent: valueOf(agent),
    },
  };
}

function unreadable(problem: string): ReadLine {
  return { ok: false, problem };
}

function instantOf(time: string): number | null {
  const [, day, month, year, clock, hours, minutes] = TIME.exec(time) ?? [];
  const monthNumber = MONTHS.indexOf(month ?? '') + 1;
  if (monthNumber === 0) return null;
  const text = `${year}-${String(monthNumber).padStart(2, '0')}-${day}T${clock}${hours}:${minutes}`;
  const at = Date.parse(text);
  return Number.isNaN(at) || at < 0 ? null : at;
}

function valueOf(field: string | undefined): string {
  return field === undefined || field === '-' ? '' : unescaped(field);
}

/** nginx writes `"`, `\` and all that isn't printable ASCII as `\xHH`, a byte each. */
function unescaped(field: string): string {
  if (!field.includes(String.raw`\x`)) return field;
  const bytes = field.replaceAll(/\\x([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
