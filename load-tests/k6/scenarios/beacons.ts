// Pages of the shop that tell of visits, coupons and customers.
import { visit } from './beacon.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';
import type { Kind } from './settings.ts';

export { handleSummary } from './settings.ts';

const KINDS: readonly Kind[] = ['beacon'];
const PER_SECOND = setting('RATE', 300);
const market = readMarket();

export const options = common(
  { beacons: arrivals(PER_SECOND, setting('SECONDS', 60)) },
  { ...inTime(KINDS), ...keepingUp(KINDS, PER_SECOND) },
);

export default function beacons(): void {
  visit(market, null);
}
