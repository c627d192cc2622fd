// Partners who look up what they earned.
import { read } from './read.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';
import type { Kind } from './settings.ts';

export { handleSummary } from './settings.ts';

const KINDS: readonly Kind[] = ['read'];
const PER_SECOND = setting('RATE', 50);
const market = readMarket();

export const options = common(
  { reads: arrivals(PER_SECOND, setting('SECONDS', 60)) },
  { ...inTime(KINDS), ...keepingUp(KINDS, PER_SECOND) },
);

export default function reads(): void {
  read(market);
}
