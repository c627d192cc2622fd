/** A plot as SVG text: small, without a library, and readable on light and dark pages alike. */

export interface Line {
  readonly name: string;
  /** Both above zero: both axes are logarithmic. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Bar {
  readonly name: string;
  readonly parts: readonly (readonly [name: string, value: number])[];
}

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 64;
const RIGHT = 190;
const TOP = 48;
const BOTTOM = 48;
const COLOURS = 8;

/** Lines over logarithmic axes, each named at its end. */
export function linePlot(title: string, unit: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const x = scale(
    points.map(([value]) => value),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP,
  );
  const ends = apart(lines.map(({ points: of }) => y.at(of.at(-1)?.[1] ?? 1)));
  return svg(HEIGHT, title, [
    ...y.ticks.map((tick) => gridLine(y.at(tick), `${short(tick)} ${unit}`)),
    ...x.ticks.map((tick) => text(x.at(tick), HEIGHT - BOTTOM + 20, short(tick), 'middle')),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'events in the log', 'middle'),
    ...lines.flatMap((line, n) => [
      `<polyline class="c${n}" points="${line.points.map(([a, b]) => `${round(x.at(a))},${round(y.at(b))}`).join(' ')}"/>`,
      ...line.points.map(
        ([a, b]) => `<circle class="f${n}" cx="${round(x.at(a))}" cy="${round(y.at(b))}" r="3.5"/>`,
      ),
      text(
        WIDTH - RIGHT + 12,
        (ends[n] ?? 0) + 4,
        `${line.name}: ${short(line.points.at(-1)?.[1] ?? 0)} ${unit}`,
        'start',
        `t${n}`,
      ),
    ]),
  ]);
}

/** Bars of stacked parts, from zero; the parts are listed below with their values. */
export function barPlot(title: string, unit: string, bars: readonly Bar[]): string {
  const totals = bars.map(({ parts }) => parts.reduce((sum, [, value]) => sum + value, 0));
  const most = Math.max(...totals, 1);
  const length = (value: number) => (value / most) * (WIDTH - LEFT - 90);
  const pieces: string[] = [];
  let top = TOP;
  bars.forEach(({ name, parts }, n) => {
    pieces.push(text(8, top + 18, name, 'start'));
    let left = LEFT;
    parts.forEach(([part, value], m) => {
      const wide = length(value);
      pieces.push(
        `<rect class="f${m % COLOURS}" x="${round(left)}" y="${round(top)}" width="${round(Math.max(wide - 1, 0.5))}" height="26"><title>${escaped(part)}: ${round(value)} ${unit}</title></rect>`,
      );
      left += wide;
    });
    pieces.push(text(left + 8, top + 18, `${short(totals[n] ?? 0)} ${unit}`, 'start'));
    top += 36;
    parts.forEach(([part, value], m) => {
      const column = m % 2;
      const row = top + Math.floor(m / 2) * 20;
      const at = LEFT + column * 310;
      pieces.push(`<rect class="f${m % COLOURS}" x="${at}" y="${row}" width="10" height="10"/>`);
      pieces.push(text(at + 16, row + 10, `${part}: ${short(value)} ${unit}`, 'start'));
    });
    top += Math.ceil(parts.length / 2) * 20 + 20;
  });
  return svg(top, title, pieces);
}

function svg(height: number, title: string, pieces: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
<style>
svg{--ink:#1f2328;--grid:#d0d7de;--paper:#ffffff;--0:#0969da;--1:#bc4c00;--2:#1a7f37;--3:#8250df;--4:#bf3989;--5:#4d7c8a;--6:#9a6700;--7:#57606a}
@media (prefers-color-scheme:dark){svg{--ink:#e6edf3;--grid:#3d444d;--paper:#0d1117;--0:#58a6ff;--1:#f0883e;--2:#3fb950;--3:#bc8cff;--4:#f778ba;--5:#7fb5c4;--6:#d29922;--7:#8b949e}}
text{font:13px system-ui,sans-serif;fill:var(--ink)}.h{font-weight:600;font-size:15px}
line{stroke:var(--grid)}polyline{fill:none;stroke-width:2}
${Array.from({ length: COLOURS }, (_, n) => `.c${n}{stroke:var(--${n})}.f${n},.t${n}{fill:var(--${n})}`).join('')}
</style>
<rect width="${WIDTH}" height="${height}" fill="var(--paper)"/>
${text(8, 24, title, 'start', 'h')}
${pieces.join('\n')}
</svg>
`;
}

/** Logarithmic, with a tick at each power of ten and, where those are few, at 2 and 5 times. */
function scale(values: readonly number[], from: number, to: number) {
  const low = Math.log10(Math.min(...values)) - 0.05;
  const high = Math.log10(Math.max(...values)) + 0.05;
  const powers = Array.from({ length: 16 }, (_, n) => n - 4);
  const steps = high - low < 2.5 ? [1, 2, 5] : [1];
  const ticks = powers
    .flatMap((power) => steps.map((step) => step * 10 ** power))
    .filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  return {
    ticks,
    at: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

/** Moves labels apart that would stand on each other. */
function apart(heights: readonly number[]): readonly number[] {
  const order = heights.map((height, n) => ({ height, n })).toSorted((a, b) => a.height - b.height);
  const moved = [...heights];
  let last = -Infinity;
  for (const { height, n } of order) {
    last = Math.max(height, last + 18);
    moved[n] = last;
  }
  return moved;
}

function gridLine(y: number, label: string): string {
  return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y)}" y2="${round(y)}"/>${text(LEFT - 8, y + 4, label, 'end')}`;
}

function text(x: number, y: number, content: string, anchor: string, style = ''): string {
  const named = style === '' ? '' : ` class="${style}"`;
  return `<text${named} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** 1,500,000 is 1.5 M. */
function short(value: number): string {
  if (value >= 1e6) return `${round(value / 1e6)} M`;
  if (value >= 1e4) return `${round(value / 1e3)} k`;
  return value >= 100 ? String(Math.round(value)) : round(value);
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
