import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { contentOf, orderAt } from './synthetic-log.ts';

interface Results {
  readonly touches: number;
  readonly clicks: number;
  readonly decisions: number;
  readonly commissions: number;
  readonly commissionCents: number;
  readonly journalCents: number;
}

/** Throws unless a read model holds what a synthetic log of so many events comes to. */
export function checkRebuilt(file: string, events: number): void {
  const [found, expected] = [resultsIn(file), expectedOf(events)];
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`it has ${JSON.stringify(found)}, and not ${JSON.stringify(expected)}`);
}

/** Every order names a click of its own and is its customer's first: each earns 10 %, rounded half up. */
function expectedOf(events: number): Results {
  const { clicks, orders } = contentOf(events);
  let commissionCents = 0;
  for (let index = 0; index < orders; index += 1) {
    commissionCents += Math.floor((orderAt(index).amountCents + 5) / 10);
  }
  return {
    touches: clicks,
    clicks,
    decisions: orders,
    commissions: orders,
    commissionCents,
    journalCents: 0,
  };
}

function resultsIn(file: string): Results {
  const database = new Database(file, { readonly: true });
  const number = (query: string) => Number(database.prepare(query).pluck().get());
  try {
    return {
      touches: number('select count(*) from touches'),
      clicks: number(`select sum(clicks) from touch_sums where grouping = 'place' and days = 1`),
      decisions: number('select count(*) from decisions'),
      commissions: number('select count(*) from commissions'),
      commissionCents: number('select sum(amount_cents) from commissions'),
      journalCents: number('select sum(amount_cents) from journal_lines'),
    };
  } finally {
    database.close();
  }
}
