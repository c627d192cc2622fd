import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readModelFile } from '@provisie/read-model';
import type { Scale } from '../benchmark.ts';
import { fillTrade } from './fill-trade.ts';
import { TWO_YEARS, type TradeShape } from './trade-shape.ts';

const SMALL: TradeShape = { weeks: 8, partners: 40, ordersPerWeek: 100, touchesPerOrder: 5 };

/** Keeps the filled folder between runs: filling one of two years takes minutes. */
const KEPT = 'PROVISIE_BENCH_TRADE';

export function shapeOf({ isSmoke }: Scale): TradeShape {
  return isSmoke ? SMALL : TWO_YEARS;
}

/** The folder of a read model that is filled with the trade: made here, or kept from an earlier run. */
export async function filledTrade(
  { isSmoke }: Scale,
  folder: string,
  shape: TradeShape,
): Promise<string> {
  const kept = process.env[KEPT];
  const trade = isSmoke || kept === undefined ? path.join(folder, 'trade') : kept;
  const complete = `${readModelFile(trade)}.complete`;
  if (existsSync(complete)) return trade;
  await mkdir(trade, { recursive: true });
  process.stderr.write('a trade is made up, its orders are filled in …\n');
  await fillTrade(trade, shape);
  await writeFile(complete, '');
  return trade;
}
