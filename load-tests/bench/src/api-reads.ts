import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readModelFile } from '@provisie/read-model';
import { apiLimitOf, apiUnderLoad, askAll, type ApiSide } from './api-side.ts';
import { keepAnswers } from './bare-answers.ts';
import type { Benchmark, Scale } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import { checkAnswers } from './trade/check-answers.ts';
import { fillTrade } from './trade/fill-trade.ts';
import { tradeRequests } from './trade/trade-requests.ts';
import { nowOf, TWO_YEARS, type TradeShape } from './trade/trade-shape.ts';

const SMALL: TradeShape = { weeks: 8, partners: 40, ordersPerWeek: 100, touchesPerOrder: 5 };

/** Keeps the filled folder between runs: making one of two years takes minutes. */
const KEPT = 'PROVISIE_BENCH_TRADE';

/**
 * What people and partners ask for most, over HTTP, about the largest partner where it is about one. The limit: a bare
 * Hono app that reads the same answers from SQLite by their key.
 */
export const apiReadsBenchmark: Benchmark = async (scale, folder) => {
  const shape = scale.isSmoke ? SMALL : TWO_YEARS;
  const trade = await filledTrade(scale, folder, shape);
  const requests = await tradeRequests(trade, shape);
  const start = ['api', trade, String(nowOf(shape))];
  const answers = await askAll(start, requests);
  checkAnswers(answers, shape);
  keepAnswers(folder, answers);
  const rows = [];
  for (const { name, asked, as } of requests) {
    const side = (args: readonly string[], paths: readonly string[]): ApiSide => ({
      args,
      paths,
      as,
    });
    const pairs = await interleaved(scale.rounds, async () => ({
      ours: await apiUnderLoad(side(start, asked), scale.seconds),
      limit: await apiUnderLoad(side(['bare', folder], apiLimitOf(asked)), scale.seconds),
    }));
    rows.push(rowOf(name, 'requests/s', pairs));
  }
  return rows;
};

async function filledTrade({ isSmoke }: Scale, folder: string, shape: TradeShape): Promise<string> {
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
