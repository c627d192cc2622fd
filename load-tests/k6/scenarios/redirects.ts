// People who follow tracking links.
import { click } from './click.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';
import type { Kind } from './settings.ts';

export { handleSummary } from './settings.ts';

const KINDS: readonly Kind[] = ['redirect'];
const PER_SECOND = setting('RATE', 500);
const market = readMarket();

export const options = common(
  { redirects: arrivals(PER_SECOND, setting('SECONDS', 60)) },
  { ...inTime(KINDS), ...keepingUp(KINDS, PER_SECOND) },
);

export default function redirects(): void {
  click(market);
}
