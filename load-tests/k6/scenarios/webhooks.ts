// A shop that delivers its orders, half of them after a click.
import { happens } from './chance.ts';
import { click } from './click.ts';
import { order } from './order.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';
import type { Kind } from './settings.ts';

export { handleSummary } from './settings.ts';

const KINDS: readonly Kind[] = ['redirect', 'webhook'];
const PER_SECOND = setting('RATE', 50);
const market = readMarket();

export const options = common(
  { webhooks: arrivals(PER_SECOND, setting('SECONDS', 60)) },
  { ...inTime(KINDS), ...keepingUp(KINDS, PER_SECOND) },
);

export default function webhooks(): void {
  order(market, happens(0.5) ? click(market) : null);
}
