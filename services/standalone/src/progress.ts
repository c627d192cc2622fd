import { SingleBar } from 'cli-progress';

/** Shows how far a long piece of work is, with its rate and the time left; on stderr. */
export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** On a terminal a bar; elsewhere a line every few seconds, so that a log stays readable. */
export function showProgress(title: string, unit: string): Progress {
  const bar = new SingleBar({
    format: `${title} [{bar}] {percentage} % | {value} of {total} ${unit} | {rate}/s | {eta_formatted} left`,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 3000,
    hideCursor: true,
    fps: 8,
    etaBuffer: 200,
    formatTime: timeText,
  });
  const startedAt = performance.now();
  let started = false;
  return {
    update(done, total) {
      if (!started) bar.start(total, 0, { rate: 0 });
      started = true;
      if (bar.getTotal() !== total) bar.setTotal(total);
      const seconds = (performance.now() - startedAt) / 1000;
      bar.update(done, { rate: Math.round(done / Math.max(seconds, 0.001)) });
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

/** `7s`, `1m35s`, `2h05m`. While nothing is done yet nobody knows: the library then says `INF`, a text. */
export function timeText(seconds: number | string): string {
  if (typeof seconds === 'string' || !Number.isFinite(seconds)) return '?';
  const whole = Math.ceil(seconds);
  const [large, largeUnit, small, smallUnit] =
    whole < 3600
      ? [Math.floor(whole / 60), 'm', whole % 60, 's']
      : [Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'm'];
  if (large === 0) return `${String(small)}${smallUnit}`;
  return `${String(large)}${largeUnit}${String(small).padStart(2, '0')}${smallUnit}`;
}
