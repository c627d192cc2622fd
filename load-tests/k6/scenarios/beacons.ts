// Pages of the shop that tell of visits, coupons and customers.
import { visit } from './beacon.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';

export { handleSummary } from './settings.ts';

const market = readMarket();

export const options = common(
  { beacons: arrivals(setting('RATE', 300), setting('SECONDS', 60)) },
  { ...inTime(['beacon']), ...keepingUp() },
);

export default function beacons(): void {
  visit(market, null);
}
