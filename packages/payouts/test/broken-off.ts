// A month in a process of its own, which kills itself at the append that it is told: run by crash.test.ts.
import type { EventStore } from '@provisie/event-store';
import { confirmRun, scheduleRun } from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import { command, MONTH, openOffice } from './office.ts';
import { storeAround } from './store-around.ts';

const [folder = '', killAt = '0', when = 'before'] = process.argv.slice(2);

let appends = 0;

function dieAt(append: number, moment: string): void {
  if (String(append) === killAt && when === moment) process.kill(process.pid, 'SIGKILL');
}

/** Counts appends, and dies before or after the one. */
function mortal(store: EventStore): EventStore {
  return storeAround(store, {
    append: async (stream, events, expected) => {
      if (events.length === 0) return store.append(stream, events, expected);
      appends += 1;
      const append = appends;
      dieAt(append, 'before');
      const result = await store.append(stream, events, expected);
      dieAt(append, 'after');
      return result;
    },
  });
}

await using office = await openOffice({ folder, around: mortal });
const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
await scheduleRun(office.ports, runId);
await exportRun(office.ports, command('export'), runId, { executionDate: null, replaces: false });
await office.caughtUp();
await confirmRun(office.ports, 'key-1', runId, { at: null, totalCents: null });
process.stdout.write(`${JSON.stringify({ runId, appends })}\n`);
