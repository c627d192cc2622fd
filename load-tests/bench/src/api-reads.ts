import { apiLimitOf, apiUnderLoad, askAll, type ApiSide } from './api-side.ts';
import { keepAnswers } from './bare-answers.ts';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import { checkAnswers } from './trade/check-answers.ts';
import { filledTrade, shapeOf } from './trade/filled-trade.ts';
import { tradeRequests } from './trade/trade-requests.ts';
import { nowOf } from './trade/trade-shape.ts';

/** Of each side of a row; there are many rows. */
const SECONDS = 2;

/**
 * What people and partners ask for most, over HTTP, about the largest partner where it is about one. The limit: a bare
 * Hono app that reads the same answers from SQLite by their key.
 */
export const apiReadsBenchmark: Benchmark = async (scale, folder) => {
  const shape = shapeOf(scale);
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
      ours: await apiUnderLoad(side(start, asked), SECONDS),
      limit: await apiUnderLoad(side(['bare', folder], apiLimitOf(asked)), SECONDS),
    }));
    rows.push(rowOf(name, 'requests/s', pairs));
  }
  return rows;
};
