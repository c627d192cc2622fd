import { logTime } from './calendar.ts';
import type { Chance } from './random.ts';

/** One request as nginx logs it. */
export interface LogLine {
  /** UTC milliseconds, on the whole second. */
  readonly at: number;
  readonly ip: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly bytes: number;
  readonly referrer: string;
  readonly agent: string;
}

/** nginx's `combined` format, in the order of time, with the rubbish that a public server collects. */
export function accessLog(chance: Chance, lines: readonly LogLine[]): string {
  const inOrder = [...lines].sort((one, other) => one.at - other.at);
  const rubbishEvery = Math.floor(inOrder.length / 24);
  const text = inOrder.flatMap((line, index) =>
    index % rubbishEvery === rubbishEvery - 1
      ? [combined(line), rubbish(chance, line)]
      : [combined(line)],
  );
  return `${text.join('\n')}\n`;
}

function combined(line: LogLine): string {
  const request = `${line.method} ${line.target} HTTP/${line.bytes % 2 === 0 ? '2.0' : '1.1'}`;
  return `${line.ip} - - [${logTime(line.at)}] "${request}" ${line.status} ${line.bytes} "${line.referrer}" "${line.agent}"`;
}

/** TLS on the plain port as nginx escapes it, a line cut off by a full disk, and an empty request. */
function rubbish(chance: Chance, { ip, at }: LogLine): string {
  const time = logTime(at);
  return chance.pick([
    `${ip} - - [${time}] "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03" 400 157 "-" "-"`,
    `${ip} - - [${time}] "GET /r/woonblog-aanb`,
    `${ip} - - [${time.slice(0, 14)}`,
    `${ip} - - [${time}] "" 400 0 "-" "-"`,
  ]);
}
