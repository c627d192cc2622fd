// Phases of a payout run over the market in a folder; between approving and scheduling, the projector takes in the log.
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { streams } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import {
  approveNewRun,
  createPayoutRuns,
  paymentFile,
  payoutsFile,
  previewRun,
  scheduleRun,
} from '@provisie/payouts';
import { command, MONTH, openPayoutOffice } from '../payout-office.ts';
import { phase } from '../phases.ts';

const [folder = '', partners = '0', ...chosen] = process.argv.slice(2);
await using office = await openPayoutOffice(folder);
const { ports } = office;

async function runId(): Promise<string> {
  const facts = await Array.fromAsync(ports.store.readStream(streams.payoutRuns), readFact);
  const opened = facts.find((fact) => fact.type === 'PayoutRunOpened');
  if (opened === undefined) throw new Error('no run was opened');
  return opened.data.runId;
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

/** Each resolves to the number of payouts that it had to do with. */
const phases: Readonly<Record<string, () => Promise<number>>> = {
  preview: async () => (await previewRun(ports, MONTH)).due.payouts,
  approve: async () => {
    const request = { ...MONTH, fingerprint: null };
    return (await approveNewRun(ports, command('approve'), request)).planned.payouts;
  },
  schedule: async () => (await scheduleRun(ports, await runId())).scheduled?.payouts ?? 0,
  export: async () => {
    const { signal } = new AbortController();
    const runs = createPayoutRuns({ ...ports, signal, onError: console.error });
    const request = { executionDate: null, replaces: false };
    const run = await runs.exported(command('export'), await runId(), request, 24 * 3_600_000);
    return run.exports[0]?.payouts ?? 0;
  },
  'sepa-file': async () => {
    const request = { runId: await runId(), attempt: null, batchBooking: true } as const;
    return toFile(
      'run.xml',
      await paymentFile(ports, { ...request, format: 'pain.001.001.09' }),
      2,
    );
  },
  csv: async () => toFile('run.csv', await payoutsFile(ports, await runId()), 1),
};

for (const name of chosen) {
  await phase(`payout-${name}`, async () => {
    const payouts = await phases[name]?.();
    if (payouts !== Number(partners)) throw new Error(`${name}: ${payouts} payouts`);
    return payouts;
  });
}
