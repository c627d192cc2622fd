// A sale: shoppers in ever greater steps until the machine is full, calm, a spike, and hours of much.
import type { ConstantArrivalRateScenario } from 'k6/options';
import { visit } from './beacon.ts';
import { happens } from './chance.ts';
import { click } from './click.ts';
import { order } from './order.ts';
import { PHASES } from './phases.ts';
import { read } from './read.ts';
import type { Kind, Thresholds } from './settings.ts';
import {
  arrivals,
  inTime,
  options as common,
  readMarket,
  setting,
  span,
  summedUp,
} from './settings.ts';

export { handleSummary } from './settings.ts';

/** Of those who click. */
const VISITING = 0.5;
const BUYING = 0.05;
/** k6 runs nothing shorter. */
const SHORTEST_SECONDS = 1;
const READS_PER_SECOND = 10;
const KINDS: readonly Kind[] = ['redirect', 'beacon', 'webhook', 'read'];

const market = readMarket();
const usual = setting('RATE', 100);
const totalSeconds = setting('SECONDS', 300);

const scenarios: Record<string, ConstantArrivalRateScenario> = {};
let startsAt = 0;
for (const { name, times, share } of PHASES) {
  const seconds = Math.max(SHORTEST_SECONDS, totalSeconds * share);
  const more = { startTime: span(startsAt), tags: { phase: name } };
  scenarios[name] = arrivals(usual * times, seconds, { ...more, exec: 'shopper' });
  scenarios[`${name}-reads`] = arrivals(READS_PER_SECOND, seconds, { ...more, exec: 'partner' });
  startsAt += seconds;
}

/** Each phase is summed up by itself; speed is judged only where a machine that was overrun must have recovered. */
const expectations: Thresholds = {};
for (const { name, isJudged } of PHASES) {
  Object.assign(expectations, summedUp(KINDS, name));
  if (isJudged) Object.assign(expectations, inTime(KINDS, `,phase:${name}`));
}

export const options = common(scenarios, expectations);

export function shopper(): void {
  const clickId = click(market);
  if (happens(VISITING)) visit(market, clickId);
  if (happens(BUYING)) order(market, clickId);
}

export function partner(): void {
  read(market);
}
