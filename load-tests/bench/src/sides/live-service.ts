// The standalone service under a steady load, for `live-lag`. Prints where it listens and its key, and begins; prints
// what it recorded when the load is over; answers until its input ends.
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { newFact, streams } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { readConfig, startServer } from '@provisie/standalone';
import { createTouchRecorder } from '@provisie/tracker';
import { peakRssMb } from '../measurement.ts';
import { clickData } from '../synthetic-clicks.ts';
import { writeSyntheticLog } from '../synthetic-log.ts';

const [folder = '', seconds = '5', perSecond = '5000'] = process.argv.slice(2);
const WATCHED_LINK = 'partner-0';
const CLICKS_PER_WATCHED = 50;
const CLICKS_PER_ORDER = 40;
const TICK_MS = 2;

const config = readConfig({
  PORT: '0',
  PROVISIE_DATA_DIR: folder,
  PROVISIE_REQUESTS_PER_MINUTE: '1000000',
});
const complain = (fields: object, message: string) => {
  console.error(message, fields);
};
const logger = { info: () => undefined, warn: complain, error: complain };
const server = await startServer(config, logger);
const { store } = server.provisie;
await writeSyntheticLog(store, 0);
/** A machine that is too slow for the load acknowledges late, and drops nothing. */
const PATIENCE = { timeLimitMs: 120_000, maxQueued: 10_000_000 };
const recorder = createTouchRecorder({ store, node: 'bench', now: Date.now, ...PATIENCE });

/** When each click on the watched link was acknowledged, in the order in which they were recorded. */
const acknowledgedAt: number[] = [];
let refused = 0;

async function click(n: number): Promise<void> {
  const isWatched = n % CLICKS_PER_WATCHED === 0;
  const data = { ...clickData(n), ...(isWatched ? { linkCode: WATCHED_LINK } : {}) };
  const place = isWatched ? acknowledgedAt.push(Number.POSITIVE_INFINITY) - 1 : null;
  const fact = newFact('ClickRecorded', { id: data.touchId, occurredAt: Date.now(), data });
  const { recorded } = await recorder.record(fact);
  if (!recorded) refused += 1;
  else if (place !== null) acknowledgedAt[place] = Date.now();
}

async function order(n: number): Promise<void> {
  const orderId = `order-${n}`;
  const { touchId, visitorId } = clickData(n);
  const placed = newFact('OrderPlaced', {
    id: eventIdOf('order', orderId),
    occurredAt: Date.now(),
    data: {
      orderId,
      customer: String(n).padStart(43, '0'),
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: 70_000 }],
      couponCodes: [],
      visitorId,
      clickId: touchId,
    },
  });
  await store.append(streams.order(orderId), [placed], 'no_stream');
}

console.log(JSON.stringify({ url: server.url, key: server.firstAdminKey, link: WATCHED_LINK }));
const started = performance.now();
const underWay: Promise<void>[] = [];
let clicks = 0;
let orders = 0;
for (let passed = 0; passed < Number(seconds) * 1000;) {
  await setTimeout(TICK_MS);
  passed = performance.now() - started;
  const due = (passed / 1000) * Number(perSecond);
  for (; clicks + orders < due; clicks += 1) {
    underWay.push(click(clicks));
    if (clicks % CLICKS_PER_ORDER !== 0) continue;
    underWay.push(order(clicks));
    orders += 1;
  }
}
await Promise.all(underWay);
await recorder.idle();
const took = (performance.now() - started) / 1000;
const position = await store.head();
console.log(JSON.stringify({ acknowledgedAt, clicks, orders, refused, seconds: took, position }));
process.stdin.resume();
await once(process.stdin, 'end');
await server.close();
console.log(JSON.stringify({ peakRssMb: peakRssMb() }));
