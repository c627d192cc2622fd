import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '@provisie/process';
import { print } from '../output.ts';
import { writtenRunSchema, type Run } from './answers.ts';
import type { Connection } from './connection.ts';
import { previewOf, sumsText } from './preview-command.ts';
import { runRequestOf, type RunChoices, type RunRequest } from './run-request.ts';
import { runText } from './run-text.ts';

export interface ApproveChoices extends RunChoices {
  readonly fingerprint?: string;
  readonly yes: boolean;
}

/** `provisie payouts approve`: opens a run of what is due, and follows it until it is scheduled. */
export async function approveCommand(
  connection: Connection,
  choices: ApproveChoices,
): Promise<void> {
  const approved = await approvedRequest(connection, choices);
  const { cutOff, partnerIds, currency, fingerprint } = approved;
  const body = {
    currency,
    ...(cutOff === null ? {} : { cutOff }),
    ...(partnerIds === null ? {} : { partnerIds }),
    fingerprint,
  };
  const run = await connection.post('/v1/payout-runs', body, writtenRunSchema, onceFor(body));
  print(runText(await whenScheduled(connection, run)));
}

/** `provisie payouts approve RUN`: the second person's approval. */
export async function approveRunCommand(connection: Connection, runId: string): Promise<void> {
  const path = `${runPath(runId)}/approve`;
  const run = await connection.post(path, {}, writtenRunSchema);
  print(runText(await whenScheduled(connection, run)));
}

export function runPath(runId: string): string {
  return `/v1/payout-runs/${encodeURIComponent(runId)}`;
}

type Approved = RunRequest & { readonly fingerprint: string };

/** Nobody approves what they have not seen: a fingerprint stands for a preview, else one is shown. */
async function approvedRequest(connection: Connection, choices: ApproveChoices): Promise<Approved> {
  const request = await runRequestOf(choices);
  if (choices.fingerprint !== undefined) return { ...request, fingerprint: choices.fingerprint };
  const preview = await previewOf(connection, request);
  print(sumsText(preview));
  if (preview.due.payouts > 0 && !choices.yes) await requireYes();
  return { ...request, cutOff: preview.cutOff, fingerprint: preview.fingerprint };
}

async function requireYes(): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      'Nothing was approved. Name the --fingerprint that `provisie payouts preview` showed, or say --yes.',
    );
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('Approve it? [y/N] ');
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was approved.');
}

/** Names the request in the log of a proxy, and is no other's. */
function onceFor(body: object): string {
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return `payouts-approve-${digest.slice(0, 16)}-${crypto.randomUUID()}`;
}

const LONGEST_MS = 15 * 60_000;

/** An approved run is scheduled by itself; this only watches. */
async function whenScheduled(connection: Connection, approved: Run): Promise<Run> {
  const startedAt = performance.now();
  let run = approved;
  while (run.status === 'scheduling') {
    const ms = performance.now() - startedAt;
    if (ms > LONGEST_MS) return run;
    if (run !== approved) process.stderr.write(waitingText(run, ms));
    run = await connection.post(`${runPath(run.runId)}/schedule`, {}, writtenRunSchema);
  }
  return run;
}

function waitingText({ runId, planned }: Run, ms: number): string {
  return `Scheduling ${String(planned.payouts)} payouts of ${runId}, for ${String(Math.round(ms / 1000))} s so far.\n`;
}
