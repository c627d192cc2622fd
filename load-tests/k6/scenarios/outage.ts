// People who follow tracking links while the store goes away and comes back; the runner ends it.
import { click } from './click.ts';
import { arrivals, options as common, readMarket, setting } from './settings.ts';

export { handleSummary } from './settings.ts';

const market = readMarket();

export const options = common(
  { outage: arrivals(setting('RATE', 500), setting('SECONDS', 86_400)) },
  { unrecorded: ['rate<0.001'] },
);

export default function outage(): void {
  click(market);
}
