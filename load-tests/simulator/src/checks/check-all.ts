import { openSqliteReadModelHome, verify } from '@provisie/read-model';
import type { Random } from '../machinery/random.ts';
import type { VirtualProcess } from '../machinery/virtual-process.ts';
import { Known } from '../oracle/known.ts';
import type { Desk } from '../people/desk.ts';
import type { Scene } from '../people/doing.ts';
import { PERSONAL } from '../people/market.ts';
import type { System } from '../system/system.ts';
import { balanceViolations } from './balances.ts';
import { commissionViolations, decisionViolations } from './decisions.ts';
import { readLog, type Log } from './log.ts';
import { payoutViolations } from './payouts.ts';
import { drive, Reader } from './reader.ts';

export interface Checked {
  readonly events: number;
  readonly payouts: number;
  readonly violations: readonly string[];
}

export interface CheckOptions {
  readonly system: System;
  readonly desk: Desk;
  readonly scene: Scene;
  readonly process: VirtualProcess;
  readonly random: Random;
}

/** Everything that must hold once all is quiet. */
export async function checkAll(options: CheckOptions): Promise<Checked> {
  const { system, desk, scene, process, random } = options;
  const store = system.server.life?.store;
  if (store === undefined) throw new Error('The store is down.');
  await caughtUp(options, await store.head());
  const log = await drive(process, readLog(store));
  const { facts } = log;
  const known = new Known(facts);
  const reader = new Reader(desk, process);
  const now = Date.now();
  const asOf = random.pick(facts).occurredAt;
  const knownAt = random.pick(facts).recordedAt;
  const later = now + random.between(0, 20) * 86_400_000;
  return {
    events: facts.length,
    payouts: known.all('PayoutScheduled').length,
    violations: [
      ...desk.missing(log),
      ...inTheClear(log),
      ...setAsideTouches(system),
      ...(await tableViolations(options)),
      ...(await decisionViolations(known, reader)),
      ...(await commissionViolations(known, reader, now)),
      ...(await commissionViolations(known, reader, later)),
      ...(await balanceViolations(facts, reader, { asOf: now, knownAt: null })),
      ...(await balanceViolations(facts, reader, { asOf: now, knownAt })),
      ...(await balanceViolations(facts, reader, { asOf, knownAt: null })),
      ...(await balanceViolations(facts, reader, { asOf, knownAt })),
      ...payoutViolations(facts, scene.market),
    ],
  };
}

/** Every API sees all that is in the log. */
async function caughtUp({ system, process }: CheckOptions, head: number): Promise<void> {
  for (let patience = 10_000; patience > 0; patience -= 1) {
    const readModels = system.running('api').flatMap(({ readModel }) => readModel ?? []);
    const standing = readModels.map(async (readModel) => (await readModel.status()).position);
    const positions = await drive(process, Promise.allSettled(standing));
    if (
      positions.every(
        ({ status, ...told }) => status === 'fulfilled' && 'value' in told && told.value >= head,
      )
    )
      return;
    process.passToNextTimer();
    await process.settle();
  }
  throw new Error(`The read model never gets to position ${String(head)}.`);
}

/** No store of these runs refuses a touch that it doesn't have. */
function setAsideTouches(system: System): string[] {
  const counts = system.running('tracker').map((service) => service.spooled().setAside);
  return counts
    .filter((count) => count > 0)
    .map((count) => `${String(count)} touches are set aside`);
}

/** The tables are what a rebuild makes of the log, and the ledger keeps its invariants. */
async function tableViolations({ system, process }: CheckOptions): Promise<readonly string[]> {
  const { life } = system.server;
  if (life === null) throw new Error('The store is down.');
  const home = await drive(process, openSqliteReadModelHome({ folder: system.disk.folder }));
  const generations = await drive(process, home.generations());
  const live = generations.find(({ state }) => state === 'live');
  if (live === undefined) return ['No generation of the read model is live.'];
  const opened = await drive(process, home.open(live, 'read'));
  const { store, folder } = life;
  const report = await drive(process, verify({ store, database: opened.database, folder }));
  await drive(process, opened.close());
  await drive(process, home.close());
  const unequal = report.tables.filter(({ equal }) => !equal);
  return [
    ...report.ledgerViolations,
    ...unequal.map((table) => `Not as rebuilt: ${JSON.stringify(table).slice(0, 800)}`),
  ];
}

function* inTheClear({ events }: Log): Generator<string> {
  for (const event of events) {
    const text = JSON.stringify(event);
    const found = PERSONAL.find((personal) => text.includes(personal));
    if (found !== undefined) yield `${event.type} at ${String(event.position)} holds ${found}`;
  }
}
