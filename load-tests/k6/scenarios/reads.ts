// Partners who look up what they earned.
import { read } from './read.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';

export { handleSummary } from './settings.ts';

const market = readMarket();

export const options = common(
  { reads: arrivals(setting('RATE', 50), setting('SECONDS', 60)) },
  { ...inTime(['read']), ...keepingUp() },
);

export default function reads(): void {
  read(market);
}
