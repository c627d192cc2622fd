import { join, resolve } from 'node:path';
import { UsageError } from '@provisie/process';
import { count, money, print } from '../output.ts';
import { changesSchema, writtenRunSchema, type Run } from './answers.ts';
import { runPath } from './approve-command.ts';
import type { Connection } from './connection.ts';
import { writeDocuments } from './documents.ts';
import { discard, place, receive, type ReceivedFile } from './files.ts';
import { amountText } from '../typed.ts';

export interface ExportChoices {
  readonly to: string;
  readonly executionDate?: string;
  readonly format: string;
  readonly replaces: boolean;
  readonly replaceFiles: boolean;
  readonly documents: boolean;
}

const FORMATS = ['pain.001.001.09', 'pain.001.001.03'];

/** `provisie payouts export`: makes the payment file of a run, or fetches it again, and writes what goes with it. */
export async function exportCommand(
  connection: Connection,
  runId: string,
  choices: ExportChoices,
): Promise<void> {
  if (!FORMATS.includes(choices.format)) {
    throw new UsageError(
      `--format: ${JSON.stringify(choices.format)} is none of ${FORMATS.join(', ')}.`,
    );
  }
  const { run, position } = await exported(connection, runId, choices);
  const folder = resolve(choices.to);
  // What a file for the bank was replaced by is the only one that the bank may get.
  const mayReplace = choices.replaceFiles || choices.replaces;
  const files = await writeFiles(connection, run, folder, choices.format, mayReplace);
  for (const { target, is } of files) print(is === 'equal' ? `${target} (unchanged)` : target);
  if (choices.documents) {
    const written = await writeDocuments(connection, { runId, position, folder, mayReplace });
    print(`${count(written)} documents in ${folder}`);
  }
  print(sumsText(run));
  if (run.currency === 'EUR') await printChanges(connection, runId, choices.format);
}

type Exported = { readonly run: Run; readonly position: number };

const LONGEST_MS = 15 * 60_000;

/** Asks until the file is made: the same request joins what is under way. */
async function exported(
  connection: Connection,
  runId: string,
  { executionDate, replaces }: ExportChoices,
): Promise<Exported> {
  const body = { replaces, ...(executionDate === undefined ? {} : { executionDate }) };
  const path = `${runPath(runId)}/export`;
  const known = await connection.get(runPath(runId), writtenRunSchema.partial({ position: true }));
  const wanted = replaces ? (known.exports.at(-1)?.attempt ?? 0) + 1 : 1;
  const once = `payouts-export-${crypto.randomUUID()}`;
  const startedAt = performance.now();
  for (;;) {
    const { position, ...run } = await connection.post(path, body, writtenRunSchema, once);
    if (run.exports.some(({ attempt }) => attempt >= wanted)) return { run, position };
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    if (seconds * 1000 > LONGEST_MS) {
      throw new UsageError(`Run ${runId} is still being exported. Give the command again later.`);
    }
    process.stderr.write(`Exporting ${runId}, for ${String(seconds)} s so far.\n`);
  }
}

async function writeFiles(
  connection: Connection,
  { runId, currency }: Run,
  folder: string,
  format: string,
  mayReplace: boolean,
): Promise<readonly ReceivedFile[]> {
  const wanted = [
    ...(currency === 'EUR'
      ? [{ name: `${runId}.${format}.xml`, path: `payment-file?format=${format}` }]
      : []),
    { name: `${runId}.csv`, path: 'payouts.csv' },
  ];
  const files: ReceivedFile[] = [];
  try {
    for (const { name, path } of wanted) {
      const pieces = await connection.download(`${runPath(runId)}/${path}`);
      files.push(await receive(join(folder, name), pieces));
    }
  } catch (error) {
    await discard(files);
    throw error;
  }
  await place(files, mayReplace);
  return files;
}

function sumsText({ runId, currency, exports }: Run): string {
  const last = exports.at(-1);
  if (last === undefined) return '';
  const { attempt, payouts, totalCents, executionDate } = last;
  const which =
    attempt === 1 ? '' : ` (file ${String(attempt)}; the bank must not get an older one)`;
  return [
    '',
    `${count(payouts)} payments, in all ${money(totalCents, currency)}, to be paid on ${executionDate}${which}.`,
    ...(currency === 'EUR'
      ? []
      : [`SEPA pays euros only: pay these in ${currency} by the CSV file.`]),
    'Once the bank has paid:',
    `  provisie payouts confirm ${runId} --total ${amountText(totalCents)}`,
  ].join('\n');
}

const CHANGES_SHOWN = 50;

async function printChanges(connection: Connection, runId: string, format: string): Promise<void> {
  const path = `${runPath(runId)}/payment-file/changes?format=${format}`;
  const { changes } = await connection.get(path, changesSchema);
  if (changes.length === 0) return;
  print('\nSEPA knows fewer characters, so the payment file says:');
  for (const { payoutId, field, from, to } of changes.slice(0, CHANGES_SHOWN)) {
    print(`  ${payoutId ?? 'head of the file'}, ${field}: ${to} (for ${from})`);
  }
  const rest = changes.length - CHANGES_SHOWN;
  if (rest > 0) print(`  and ${count(rest)} more: GET ${connection.url}${path}`);
}
