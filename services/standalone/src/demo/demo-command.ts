import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain, dayOf, dayText } from '@provisie/domain';
import { storesInFolder } from '@provisie/engines';
import { count, money, print } from '../commands/output.ts';
import { untilStopped } from '@provisie/process';
import { circumstancesOf } from '@provisie/read-model';
import type { Config } from '../config.ts';
import { createLogger } from '@provisie/process';
import { showProgress } from '../progress.ts';
import { BROWSER, clickLink, liveOrder } from './live-order.ts';
import { partnerResults, partnerTable } from './partner-table.ts';
import { payOut } from './pay-out.ts';
import { caughtUp, runSampleQuarter, type SampleQuarter } from './run-demo.ts';
import { deliver } from './shop.ts';
import { tellingOrder } from './telling-order.ts';

const LIVE_ORDER_NUMBER = 90_001;

/** `provisie demo`. Stays up on a terminal until Ctrl-C; elsewhere it stops by itself. */
export async function demoCommand(config: Config): Promise<void> {
  const startedAt = performance.now();
  const dataFolder = mkdtempSync(join(tmpdir(), 'provisie-demo-'));
  const onTerminal = process.stdout.isTTY && process.stdin.isTTY;
  const stores = storesInFolder(dataFolder);
  const demoConfig = { ...config, port: 0, host: '127.0.0.1', publicUrl: null, dataFolder, stores };
  const quarter = await runSampleQuarter(
    { ...demoConfig, secureCookies: false, requestsPerMinute: 1_000_000 },
    createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel),
    { say: print, progress: showProgress },
  );
  try {
    const liveOrderId = await clickAndOrder(quarter);
    await showResult(quarter, liveOrderId);
    await closeQuarter(quarter, dataFolder);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(`\nAll of this took ${seconds} s. The data lie in ${dataFolder}`);
    if (onTerminal) {
      showWhatNext(quarter, quarter.server.url, liveOrderId);
      print('\nThe server stays up. Ctrl-C stops it.');
      await untilStopped();
    } else {
      print('This is no terminal, so the server stops. To look around, start it on these data:');
      print(`  npm run provisie -- --data ${dataFolder} serve`);
      showWhatNext(quarter, `http://${config.host}:${String(config.port)}`, liveOrderId);
    }
  } finally {
    await quarter.server.close();
  }
}

/** Somebody follows a link and orders, now; resolves to the order's id here. */
async function clickAndOrder({ server, shop }: SampleQuarter): Promise<string> {
  print('4  One click and one order, live.');
  const { destination, clickId } = await clickLink(server.url, 'woonblog-aanbouw');
  print(`   GET /r/woonblog-aanbouw → 302 ${destination}`);
  await deliver(shop, liveOrder(LIVE_ORDER_NUMBER, clickId));
  await caughtUp(server);
  return `${shop.shopId}-${String(LIVE_ORDER_NUMBER)}`;
}

async function showResult(quarter: SampleQuarter, liveOrderId: string): Promise<void> {
  const { server, setup, log, history, deliveries } = quarter;
  const { readModel } = server.provisie;
  const live = await readModel.decision(liveOrderId);
  if (live !== null) print(`${indented(explain(live))}\n`);
  print(
    `Read ${count(log.lines)} log lines (${count(log.recorded)} clicks of people), ${count(deliveries)} webhooks and ${count(history.recorded)} earlier orders.`,
  );
  const day = dayText(dayOf(Date.parse(setup.balanceAt)));
  print(`The quarter ${setup.fromDay} to ${setup.toDay}, balances at the end of ${day}:\n`);
  print(partnerTable(await partnerResults(quarter.api, setup)));
  const telling = await tellingOrder(readModel, setup);
  if (telling === null) return;
  print('\nWhy did one get an order and not another? For example:\n');
  const circumstances = await circumstancesOf(readModel, telling);
  print(indented(explain(telling, { at: Date.parse(setup.balanceAt), circumstances })));
}

/** The last thing that finance does with a quarter; the bank's answer is for the reader to play. */
async function closeQuarter({ api, setup, server }: SampleQuarter, dataFolder: string) {
  print('\n5  Paying the quarter out: preview, approve, export.');
  const { runId, payouts, totalCents, executionDate, unpaid, files } = await payOut(
    api,
    dataFolder,
    setup.balanceAt,
  );
  await caughtUp(server);
  print(
    `   Run ${runId}: ${count(payouts)} payouts, ${money(totalCents)} with VAT, to be paid on ${executionDate}.`,
  );
  print('   Not paid:');
  for (const line of unpaid) print(`     ${line}`);
  print('   Written for the bank, the books and the partner:');
  for (const file of files) print(`     ${file}`);
}

function showWhatNext({ accessKey }: SampleQuarter, url: string, liveOrderId: string): void {
  const curl = (path: string) =>
    `  curl -s -H 'Authorization: Bearer ${accessKey}' '${url}${path}'`;
  print(`\nThe API, to read and to try: ${url}/reference`);
  print('With the admin key of this demo:');
  print(curl('/v1/balances'));
  print(curl('/v1/payouts'));
  print(curl(`/v1/orders/${liveOrderId}/decision`));
  print('A click, as a browser makes it; a program’s would not count:');
  print(`  curl -si -A '${BROWSER}' '${url}/r/woonblog-aanbouw'`);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '   ');
}
