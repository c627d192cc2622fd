import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { StartedPostgres } from '@provisie/postgres-testkit/server';
import { readModelFile } from '@provisie/read-model';
import type { Scale } from '../benchmark.ts';
import { postgresFor } from '../postgres-for.ts';
import { copyToPostgres } from './copy-to-postgres.ts';
import { fillTrade } from './fill-trade.ts';
import { TWO_YEARS, type TradeShape } from './trade-shape.ts';

const SMALL: TradeShape = { weeks: 8, partners: 40, ordersPerWeek: 100, touchesPerOrder: 5 };

/** Keeps the filled folder between runs: filling one of two years takes minutes. */
const KEPT = 'PROVISIE_BENCH_TRADE';

function keptFolder({ isSmoke }: Scale): string | undefined {
  return isSmoke ? undefined : process.env[KEPT];
}

export function shapeOf({ isSmoke, weeks }: Scale): TradeShape {
  return { ...(isSmoke ? SMALL : TWO_YEARS), weeks };
}

/** The folder of a read model that is filled with the trade: made here, or kept from an earlier run. */
export async function filledTrade(
  scale: Scale,
  folder: string,
  shape: TradeShape,
): Promise<string> {
  const trade = keptFolder(scale) ?? path.join(folder, 'trade');
  const complete = `${readModelFile(trade)}.complete`;
  const asFilled = JSON.stringify(shape);
  if (existsSync(complete)) {
    if (readFileSync(complete, 'utf8') === asFilled) return trade;
    throw new Error(`${trade} (${KEPT}) holds a trade of another size: name another folder.`);
  }
  await mkdir(trade, { recursive: true });
  process.stderr.write('a trade is made up, its orders are filled in …\n');
  await fillTrade(trade, shape);
  await writeFile(complete, asFilled);
  return trade;
}

/** A PostgreSQL with a copy of that trade, kept where the trade is kept; null where there is no PostgreSQL. */
export async function tradeOnPostgres(
  scale: Scale,
  folder: string,
  shape: TradeShape,
): Promise<StartedPostgres | null> {
  const kept = keptFolder(scale);
  const data = kept === undefined ? {} : { folder: path.join(kept, 'postgres') };
  const server = await postgresFor('api-reads-postgres', data);
  if (server === null) return null;
  try {
    const trade = await filledTrade(scale, folder, shape);
    process.stderr.write('the trade is copied to PostgreSQL …\n');
    await copyToPostgres(readModelFile(trade), server.url);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
