// Draws what `npm run bench -- growth` measured: `pnpm --filter @provisie/bench plot`.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Weights } from './file-weights.ts';
import { growthFigures, type GrowthFigures } from './growth-figures.ts';
import { barPlot, linePlot } from './plot.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../docs/explanation/performance');
const SHOWN = 7;

const text = await readFile(path.join(FOLDER, 'growth.json'), 'utf8');
const figures = growthFigures.parse(JSON.parse(text));
await writeFile(path.join(FOLDER, 'growth-cost.svg'), costPlot(figures));
await writeFile(path.join(FOLDER, 'growth-bytes.svg'), bytesPlot(figures));

function costPlot({ sizes, machine }: GrowthFigures): string {
  const names = Object.keys(sizes[0]?.microseconds ?? {});
  const lines = names.map((name) => ({
    name,
    points: sizes.map(({ events, microseconds }) => [events, microseconds[name] ?? 1] as const),
  }));
  return linePlot(`Cost of an event as the log grows (${machine})`, 'µs', lines);
}

function bytesPlot({ sizes }: GrowthFigures): string {
  const largest = sizes.at(-1);
  if (largest === undefined) throw new Error('growth.json holds no sizes');
  const { events, recorded, log, readModel } = largest;
  return barPlot(`Bytes on disk for an event, of ${events.toLocaleString('en')}`, 'B', [
    { name: 'log', parts: partsOf(log, events + recorded) },
    { name: 'read', parts: partsOf(readModel, events) },
  ]);
}

/** The heaviest tables and indexes, and the rest together. */
function partsOf(weights: Weights, events: number): (readonly [string, number])[] {
  const sorted = Object.entries(weights).toSorted(([, one], [, other]) => other - one);
  const named = sorted.slice(0, SHOWN).map(([name, bytes]) => [name, bytes / events] as const);
  const rest = sorted.slice(SHOWN).reduce((sum, [, bytes]) => sum + bytes, 0);
  return rest === 0 ? named : [...named, ['all others', rest / events]];
}
