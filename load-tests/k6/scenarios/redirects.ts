// People who follow tracking links.
import { click } from './click.ts';
import { arrivals, inTime, keepingUp, options as common, readMarket, setting } from './settings.ts';

export { handleSummary } from './settings.ts';

const market = readMarket();

export const options = common(
  { redirects: arrivals(setting('RATE', 500), setting('SECONDS', 60)) },
  { ...inTime(['redirect']), ...keepingUp() },
);

export default function redirects(): void {
  click(market);
}
