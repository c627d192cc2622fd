import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { money } from '../commands/output.ts';
import type { ApiClient } from './api-client.ts';

const totals = z.object({ payouts: z.int(), totalCents: z.int() });
const preview = z.object({
  due: totals,
  belowThreshold: z.object({ partners: z.int() }),
  blocked: z.object({ partners: z.int() }),
  fingerprint: z.string(),
});
const partnerPreviews = z.object({
  items: z.array(
    z.object({
      partnerId: z.string(),
      status: z.enum(['due', 'below_threshold', 'blocked']),
      blocks: z.array(z.object({ text: z.string() })),
      missingCents: z.int(),
      netCents: z.int(),
    }),
  ),
});
const run = z.object({ runId: z.string(), scheduled: totals.nullable() });
const exported = z.object({ exports: z.array(z.object({ executionDate: z.string() })) });
const documents = z.object({
  items: z.array(
    z.object({ documentId: z.string(), number: z.string(), kind: z.string(), netCents: z.int() }),
  ),
});

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
export async function payOut(api: ApiClient, dataFolder: string, cutOff: string): Promise<PaidOut> {
  const question = `cutOff=${encodeURIComponent(cutOff)}`;
  const { fingerprint } = await api.get(`/v1/payout-preview?${question}`, preview);
  const { items } = await api.get(
    `/v1/payout-preview/partners?${question}&limit=200`,
    partnerPreviews,
  );
  const { runId } = await api.postFor('/v1/payout-runs', { cutOff, fingerprint }, run);
  const { scheduled } = await api.postFor(`/v1/payout-runs/${runId}/schedule`, {}, run);
  const made = await api.postFor(`/v1/payout-runs/${runId}/export`, {}, exported);
  return {
    runId,
    payouts: scheduled?.payouts ?? 0,
    totalCents: scheduled?.totalCents ?? 0,
    executionDate: made.exports[0]?.executionDate ?? '',
    unpaid: items.flatMap(whyUnpaid),
    files: await saveFiles(api, join(dataFolder, 'payouts'), runId),
  };
}

function whyUnpaid(item: z.infer<typeof partnerPreviews>['items'][number]): readonly string[] {
  const { partnerId, status, blocks, netCents, missingCents } = item;
  if (status === 'due') return [];
  const why =
    status === 'blocked'
      ? blocks.map(({ text }) => text).join(' ')
      : `Below the threshold: ${money(missingCents)} is missing.`;
  return [`${partnerId} (${money(netCents)}): ${why}`];
}

/** The payment file, the payouts, and the largest invoice as PDF and UBL; for their owner's eyes. */
async function saveFiles(api: ApiClient, folder: string, runId: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const save = async (name: string, from: string) => {
    const path = join(folder, name);
    await writeFile(path, await api.download(from), { mode: 0o600 });
    return path;
  };
  const files = [
    await save(`${runId}.pain.001.001.09.xml`, `/v1/payout-runs/${runId}/payment-file`),
    await save(`${runId}.csv`, `/v1/payout-runs/${runId}/payouts.csv`),
  ];
  const invoice = await largestInvoice(api);
  if (invoice === null) return files;
  const { documentId, number } = invoice;
  return [
    ...files,
    await save(`${number}.pdf`, `/v1/documents/${documentId}/pdf`),
    await save(`${number}.xml`, `/v1/documents/${documentId}/ubl`),
  ];
}

async function largestInvoice(api: ApiClient) {
  const { items } = await api.get('/v1/documents?limit=200', documents);
  const invoices = items.filter(({ kind }) => kind === 'self_billing_invoice');
  return invoices.sort((a, b) => b.netCents - a.netCents)[0] ?? null;
}
