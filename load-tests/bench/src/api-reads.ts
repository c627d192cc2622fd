import { apiLimitOf, apiUnderLoad, askAll, type ApiSide } from './api-side.ts';
import type { Benchmark, Scale } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { openKeptAnswers } from './kept-answers.ts';
import { rowOf, type Row } from './measurement.ts';
import { checkAnswers } from './trade/check-answers.ts';
import { filledTrade, shapeOf, tradeOnPostgres } from './trade/filled-trade.ts';
import { tradeRequests } from './trade/trade-requests.ts';
import { nowOf } from './trade/trade-shape.ts';

/** Of each side of a row; there are many rows. */
const SECONDS = 2;
const SMOKE_SECONDS = 0.2;

/**
 * What people and partners ask for most, over HTTP, about the largest partner where it is about one. The limit: a bare
 * Hono app that reads the same answers from SQLite by their key.
 */
export const apiReadsBenchmark: Benchmark = async (scale, folder) => {
  const trade = await filledTrade(scale, folder, shapeOf(scale));
  return rowsOf(scale, { trade, answers: folder, suffix: '' });
};

/** The same of the same trade on a PostgreSQL, from which the bare app reads too. Without a row where there is none. */
export const apiReadsPostgresBenchmark: Benchmark = async (scale, folder) => {
  const server = await tradeOnPostgres(scale, folder, shapeOf(scale));
  if (server === null) return [];
  try {
    return await rowsOf(scale, { trade: server.url, answers: server.url, suffix: '-postgres' });
  } finally {
    await server.stop();
  }
};

interface Places {
  readonly trade: string;
  readonly answers: string;
  /** Of the names of the rows. */
  readonly suffix: string;
}

async function rowsOf(scale: Scale, { trade, answers, suffix }: Places): Promise<readonly Row[]> {
  const shape = shapeOf(scale);
  const requests = await tradeRequests(trade, shape);
  const start = ['api', trade, String(nowOf(shape))];
  const answered = await askAll(start, requests);
  checkAnswers(answered, shape);
  await keepAnswers(answers, answered);
  const rows = [];
  const seconds = scale.isSmoke ? SMOKE_SECONDS : SECONDS;
  // A smoke run has asked for everything once: one of them is enough to show how they are measured.
  for (const { name, asked, as } of scale.isSmoke ? requests.slice(0, 1) : requests) {
    const side = (args: readonly string[], paths: readonly string[]): ApiSide => ({
      args,
      paths,
      as,
    });
    const pairs = await interleaved(scale.rounds, async () => ({
      ours: await apiUnderLoad(side(start, asked), seconds),
      limit: await apiUnderLoad(side(['bare', answers], apiLimitOf(asked)), seconds),
    }));
    rows.push(rowOf(`${name}${suffix}`, 'requests/s', pairs));
  }
  return rows;
}

async function keepAnswers(address: string, answers: ReadonlyMap<string, string>): Promise<void> {
  const kept = await openKeptAnswers(address);
  await kept.keep(answers);
  await kept.close();
}
