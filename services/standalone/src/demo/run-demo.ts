import type { ApiLog } from '@provisie/admin-api';
import { createClient, type Client } from '@provisie/client';
import type { Config } from '../config.ts';
import { importAccessLog, type AccessLogSummary } from '../import/access-log.ts';
import { importOrders, type OrdersSummary } from '../import/orders.ts';
import { readOrdersFile } from '../import/orders-file.ts';
import type { Progress } from '../progress.ts';
import type { Setup } from '../sample/setup.ts';
import { startServer, type RunningServer } from '../serve.ts';
import { SAMPLE_HISTORY, SAMPLE_LOG, sampleDeliveries, sampleSetup } from './sample-files.ts';
import { setUpOffice } from './set-up.ts';
import { deliverAll, type DeliveringShop } from './shop.ts';

/** What a demo shows of its long steps. */
export interface DemoScreen {
  say(line: string): void;
  progress(title: string, unit: string): Progress;
}

/** A server that has the sample quarter behind it. */
export interface SampleQuarter {
  readonly server: RunningServer;
  readonly api: Client;
  readonly accessKey: string;
  readonly setup: Setup;
  readonly shop: DeliveringShop;
  readonly log: AccessLogSummary;
  readonly history: OrdersSummary;
  readonly deliveries: number;
}

/** Starts a real server on an empty data folder and brings the sample in: through the API, the importers and the webhooks. */
export async function runSampleQuarter(
  config: Config,
  logger: ApiLog,
  screen: DemoScreen,
): Promise<SampleQuarter> {
  const server = await startServer(config, logger);
  try {
    const accessKey = server.firstAdminKey;
    if (accessKey === null) throw new Error(`${config.dataFolder} was in use before`);
    const api = createClient({ baseUrl: server.url, key: accessKey });
    const setup = await sampleSetup();
    const { store, vault } = server.provisie;

    screen.say(`1  Setting up ${setup.office} through the API: ${describe(setup)}.`);
    const secret = await setUpOffice(api, setup);

    screen.say(
      '2  Importing the orders from before (CSV), then the access log of the quarter (nginx).',
    );
    const { good } = await readOrdersFile(SAMPLE_HISTORY);
    const history = await importOrders({ rows: good, store, vault });
    const log = await withProgress(screen.progress('   access log', 'bytes'), (progress) =>
      importAccessLog({
        file: SAMPLE_LOG,
        store,
        vault,
        trackerPath: '/r/',
        dryRun: false,
        onProgress: ({ bytesRead, bytesTotal }) => progress.update(bytesRead, bytesTotal),
      }),
    );

    screen.say(
      '3  Posting the shop’s signed WooCommerce webhooks, as they came: late, twice, out of order.',
    );
    const shop = { url: server.url, shopId: setup.shop.shopId, secret };
    const deliveries = await sampleDeliveries();
    await withProgress(screen.progress('   webhooks', 'deliveries'), (progress) =>
      deliverAll(shop, deliveries, progress.update),
    );
    await withProgress(screen.progress('   projections', 'positions'), (progress) =>
      caughtUp(server, progress),
    );
    return { server, api, accessKey, setup, shop, log, history, deliveries: deliveries.length };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function describe({ programmes, partners, links, coupons }: Setup): string {
  return `${programmes.length} programmes, ${partners.length} partners, ${links.length} links, ${coupons.length} coupons`;
}

/** Waits until the read model shows everything that is in the log. */
export async function caughtUp(server: RunningServer, progress?: Progress): Promise<void> {
  const { store, readModel } = server.provisie;
  const head = await store.head();
  while (!(await readModel.waitFor(head, 250))) {
    const { position } = await readModel.status();
    progress?.update(position, head);
  }
  progress?.update(head, head);
}

async function withProgress<Result>(
  progress: Progress,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
}
