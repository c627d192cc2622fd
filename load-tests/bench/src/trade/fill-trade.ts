import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { openSqliteReadModel, Projection, readModelFile } from '@provisie/read-model';
import Database from 'better-sqlite3';
import { multiplyWeeks, type Week } from './multiply-weeks.ts';
import { openingFacts, recordedFrom, weekFacts } from './trade-events.ts';
import { isPaidOut, markOfWeek, nowOf, type TradeShape } from './trade-shape.ts';

const BATCH = 2000;

/**
 * Fills the read model of a folder with a made-up trade: the projector takes in one week that is paid out and one that
 * isn't; the rows of all others are those rows with ids of their own, moved in time. Touches themselves are left out, as
 * all that only the projector reads.
 */
export async function fillTrade(folder: string, shape: TradeShape): Promise<void> {
  const base = path.join(folder, 'two-weeks');
  await mkdir(base, { recursive: true });
  const opening = openingFacts(shape);
  const templates: Week[] = [];
  await project(base, async (apply) => {
    await apply(1, opening);
    let position = opening.length + 1;
    for (const [week, isPaid] of [true, false].entries()) {
      const facts = weekFacts(week, shape, isPaid);
      await apply(position, facts);
      templates.push({ week, mark: markOfWeek(week), position, events: facts.length });
      position += facts.length;
    }
  });
  const [paid, open] = templates;
  if (paid === undefined || open === undefined) throw new Error('two weeks were to be projected');
  await project(folder, async () => {});
  const database = new Database(readModelFile(folder));
  try {
    const weeks = placed(shape, opening.length + 1, paid, open);
    multiplyWeeks(database, readModelFile(base), weeks, closedDay(shape));
  } finally {
    database.close();
  }
  await rm(base, { recursive: true });
}

/** Sums are those of days that are over: by the end of the trade all days are on which there was anything. */
function closedDay(shape: TradeShape): number {
  return Math.floor(nowOf(shape) / MILLISECONDS_PER_DAY);
}

/** The whole trade as the projector takes it in: what the filling is held against. */
export async function projectTrade(folder: string, shape: TradeShape): Promise<void> {
  await project(folder, async (apply) => {
    const opening = openingFacts(shape);
    await apply(1, opening);
    let position = opening.length + 1;
    for (let week = 0; week < shape.weeks; week += 1) {
      const facts = weekFacts(week, shape, isPaidOut(week, shape));
      await apply(position, facts);
      position += facts.length;
    }
  });
}

type Apply = (position: number, facts: ReturnType<typeof openingFacts>) => Promise<void>;

async function project(folder: string, work: (apply: Apply) => Promise<void>): Promise<void> {
  const model = await openSqliteReadModel({ folder });
  try {
    const projection = await Projection.resume(model.database, {
      unreadable: 'stop',
      now: () => 0,
    });
    await work(async (position, facts) => {
      for (let from = 0; from < facts.length; from += BATCH) {
        await projection.apply(recordedFrom(position + from, facts.slice(from, from + BATCH)));
      }
    });
  } finally {
    await model.close();
  }
}

/** Each week with the one that its rows are made of. */
function* placed(
  shape: TradeShape,
  firstPosition: number,
  paid: Week,
  open: Week,
): Generator<readonly [from: Week, to: Week]> {
  let position = firstPosition;
  for (let week = 0; week < shape.weeks; week += 1) {
    const from = isPaidOut(week, shape) ? paid : open;
    const { events } = from;
    yield [from, { week, mark: markOfWeek(week), position, events }];
    position += events;
  }
}
