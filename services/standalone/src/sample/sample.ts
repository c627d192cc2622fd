import { accessLog } from './access-log.ts';
import { sampleTraffic } from './clicks.ts';
import { sampleDeliveries } from './deliveries.ts';
import { historyCsv } from './history.ts';
import { officeSetup } from './office.ts';
import { seededChance } from './random.ts';
import { samplePurchases } from './shopping.ts';

const SAMPLE_SEED = 20_260_701;

export interface SampleFile {
  /** Below `examples/`. A name that ends in `.gz` is compressed when it is written. */
  readonly path: string;
  readonly text: string;
}

/** The whole sample quarter, the same on every machine. */
export function sampleFiles(): SampleFile[] {
  const chance = seededChance(SAMPLE_SEED);
  const setup = officeSetup();
  const { clicks, lines } = sampleTraffic(chance, setup);
  const purchases = samplePurchases(chance, setup, clicks);
  const until = Date.parse(setup.balanceAt) - 2 * 3_600_000;
  const deliveries = sampleDeliveries(chance, purchases, until);
  return [
    { path: 'quarter/setup.json', text: `${JSON.stringify(setup, null, 2)}\n` },
    { path: 'quarter/access.log.gz', text: accessLog(chance, lines) },
    {
      path: 'quarter/webhooks.jsonl.gz',
      text: deliveries.map((delivery) => `${JSON.stringify(delivery)}\n`).join(''),
    },
    { path: 'shop-orders.csv', text: historyCsv(chance, purchases) },
  ];
}
