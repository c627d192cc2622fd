import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, Item } from '@provisie/client';
import { money } from '../commands/output.ts';

type PartnerPreview = Item<'/v1/payout-preview/partners'>;

/** What a payout run left, for people to look at. */
export interface PaidOut {
  readonly runId: string;
  readonly payouts: number;
  readonly totalCents: number;
  readonly executionDate: string;
  /** Who isn't paid, and why. */
  readonly unpaid: readonly string[];
  /** Paths. */
  readonly files: readonly string[];
}

/** Closes the quarter as finance does: preview, approve, export; and puts the files into the data folder. */
export async function payOut(api: Client, dataFolder: string, cutOff: string): Promise<PaidOut> {
  const { fingerprint } = await api.get('/v1/payout-preview', { query: { cutOff } });
  const previews = await Array.fromAsync(
    api.all('/v1/payout-preview/partners', { query: { cutOff } }),
  );
  const { runId } = await api.post('/v1/payout-runs', { body: { cutOff, fingerprint } });
  const path = { runId };
  const { scheduled } = await api.post('/v1/payout-runs/{runId}/schedule', { path });
  const made = await api.post('/v1/payout-runs/{runId}/export', { path });
  return {
    runId,
    payouts: scheduled?.payouts ?? 0,
    totalCents: scheduled?.totalCents ?? 0,
    executionDate: made.exports[0]?.executionDate ?? '',
    unpaid: previews.flatMap(whyUnpaid),
    files: await saveFiles(api, join(dataFolder, 'payouts'), runId),
  };
}

function whyUnpaid(item: PartnerPreview): readonly string[] {
  const { partnerId, status, blocks, netCents, missingCents } = item;
  if (status === 'due') return [];
  const why =
    status === 'blocked'
      ? blocks.map(({ text }) => text).join(' ')
      : `Below the threshold: ${money(missingCents)} is missing.`;
  return [`${partnerId} (${money(netCents)}): ${why}`];
}

/** The payment file, the payouts, and the largest invoice as PDF and UBL; for their owner's eyes. */
async function saveFiles(api: Client, folder: string, runId: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const save = async (name: string, content: Blob) => {
    const path = join(folder, name);
    await writeFile(path, await content.bytes(), { mode: 0o600 });
    return path;
  };
  const run = { path: { runId } };
  const files = [
    await save(
      `${runId}.pain.001.001.09.xml`,
      await api.file('/v1/payout-runs/{runId}/payment-file', run),
    ),
    await save(`${runId}.csv`, await api.file('/v1/payout-runs/{runId}/payouts.csv', run)),
  ];
  const invoice = await largestInvoice(api);
  if (invoice === null) return files;
  const { documentId, number } = invoice;
  const document = { path: { documentId } };
  return [
    ...files,
    await save(`${number}.pdf`, await api.file('/v1/documents/{documentId}/pdf', document)),
    await save(`${number}.xml`, await api.file('/v1/documents/{documentId}/ubl', document)),
  ];
}

async function largestInvoice(api: Client) {
  const documents = await Array.fromAsync(api.all('/v1/documents'));
  const invoices = documents.filter(({ kind }) => kind === 'self_billing_invoice');
  return invoices.sort((a, b) => b.netCents - a.netCents)[0] ?? null;
}
