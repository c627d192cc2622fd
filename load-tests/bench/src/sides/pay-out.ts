// A payout run over the market in a folder, phase by phase, in one process as a server makes it.
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readFact } from '@provisie/event-store';
import {
  approveNewRun,
  createPayoutRuns,
  paymentFile,
  payoutsFile,
  previewRun,
  scheduleRun,
} from '@provisie/payouts';
import { openSqliteReadModel, Projection } from '@provisie/read-model';
import { command, MONTH, openPayoutOffice } from '../payout-office.ts';
import { phase } from '../phases.ts';

const [folder = '', partners = '0', projector = ''] = process.argv.slice(2);
await using office = await openPayoutOffice(folder);
const { ports } = office;

/** Resolves to how many orders the payouts name that the projector has taken in. */
async function takeIn(): Promise<number> {
  const model = await openSqliteReadModel({ folder });
  const projection = await Projection.resume(model.database, { unreadable: 'stop', now: Date.now });
  let orders = 0;
  for await (const events of ports.store.readAll(projection.position)) {
    await projection.apply(events);
    for (const event of events) {
      if (event.type !== 'PayoutScheduled') continue;
      const fact = readFact(event);
      if (fact.type === 'PayoutScheduled') orders += fact.data.lines.length;
    }
  }
  await model.close();
  return orders;
}

/** Resolves to how many payouts stand in the file, a line for each; `others`: its other lines. */
async function toFile(
  name: string,
  pieces: AsyncIterable<string>,
  others: number,
): Promise<number> {
  let lines = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      lines += piece.split('\n').length - 1;
      yield piece;
    }
  }
  await pipeline(counted(), createWriteStream(path.join(folder, name)));
  return lines - others;
}

/** Every partner is due, in every phase. */
async function payouts(name: string, work: () => Promise<number>): Promise<void> {
  await phase(`payout-${name}`, async () => {
    const done = await work();
    if (done !== Number(partners)) throw new Error(`${name}: ${done} payouts, not ${partners}`);
    return done;
  });
}

await payouts('preview', async () => (await previewRun(ports, MONTH)).due.payouts);

let runId = '';
await payouts('approve', async () => {
  const run = await approveNewRun(ports, command('approve'), { ...MONTH, fingerprint: null });
  runId = run.runId;
  return run.planned.payouts;
});

await takeIn();
await payouts('schedule', async () => (await scheduleRun(ports, runId)).scheduled?.payouts ?? 0);

await payouts('export', async () => {
  const { signal } = new AbortController();
  const runs = createPayoutRuns({ ...ports, signal, onError: console.error });
  const request = { executionDate: null, replaces: false };
  const run = await runs.exported(command('export'), runId, request, 24 * 3_600_000);
  return run.exports[0]?.payouts ?? 0;
});

await payouts('sepa-file', async () => {
  const request = { runId, attempt: null, format: 'pain.001.001.09', batchBooking: true } as const;
  return toFile('run.xml', await paymentFile(ports, request), 2);
});

await payouts('csv', async () => toFile('run.csv', await payoutsFile(ports, runId), 1));

if (projector === 'projector') await phase('payout-projector', takeIn);
