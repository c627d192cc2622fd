import { mkdir, mkdtemp, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EventStore } from '@provisie/event-store';
import { EventChain, eventLine } from '@provisie/event-store/log-equality';
import { journalFile } from '@provisie/payouts/journal-file';
import { READ_MODEL_VERSION, type ReadModel, type ReadModelSnapshot } from '@provisie/read-model';
import { UsageError } from '@provisie/process';
import { AuditFile } from './audit-file.ts';
import { everyRow } from './every-row.ts';
import { MANIFEST, type AuditFileName, type FileEntry, type Manifest } from './manifest.ts';
import { readmeText } from './readme.ts';
import { commissionsTable, documentsTable, payoutsTable, trialBalanceTable } from './tables.ts';

export interface AuditExport {
  readonly store: EventStore;
  readonly readModel: Pick<ReadModel, 'snapshot'>;
  /** Empty, or not there. */
  readonly folder: string;
  /** Now: UTC milliseconds. */
  readonly now: number;
  readonly onProgress: (events: number, total: number) => void;
}

/**
 * Writes everything up to the read model's position, which all files have in common. The folder gets its name when it
 * is complete. Throws `UsageError` when something is in it.
 */
export async function exportAudit(request: AuditExport): Promise<Manifest> {
  const folder = resolve(request.folder);
  await requireEmpty(folder);
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(join(dirname(folder), `.${basename(folder)}.unfinished-`));
  try {
    const manifest = await request.readModel.snapshot((model) =>
      writeAll(request, model, unfinished),
    );
    await writeManifest(unfinished, manifest);
    await rmdir(folder).catch(() => {});
    await rename(unfinished, folder);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') return ['it'];
    throw error;
  });
  if (names.length === 0) return;
  throw new UsageError(
    `${folder} is not an empty folder, and an export is never mixed with anything. Name another.`,
  );
}

async function writeAll(
  { store, now, onProgress }: AuditExport,
  model: ReadModelSnapshot,
  folder: string,
): Promise<Manifest> {
  const asOf = new Date(now).toISOString();
  const { position } = model;
  const headPosition = await store.head();
  const chain = new EventChain();
  const text = (name: AuditFileName, pieces: AsyncIterable<string>) =>
    AuditFile.written(join(folder, name), (file) => writeTable(file, pieces));
  const files: Record<AuditFileName, FileEntry> = {
    'events.jsonl': await AuditFile.written(join(folder, 'events.jsonl'), (file) =>
      writeEvents(store, position, { file, chain, onProgress }),
    ),
    'journal.csv': await text(
      'journal.csv',
      journalFile(everyRow((page) => model.journal({}, page))),
    ),
    'trial-balance.csv': await text('trial-balance.csv', trialBalanceTable(balances(model, now))),
    'decisions.jsonl': await AuditFile.written(join(folder, 'decisions.jsonl'), (file) =>
      writeLines(
        file,
        everyRow((page) => model.decisions(page)),
      ),
    ),
    'commissions.csv': await text(
      'commissions.csv',
      commissionsTable(everyRow((page) => model.commissions({ at: now }, page))),
    ),
    'payouts.csv': await text(
      'payouts.csv',
      payoutsTable(everyRow((page) => model.payouts({}, page))),
    ),
    'documents.csv': await text(
      'documents.csv',
      documentsTable(everyRow((page) => model.documents({}, page))),
    ),
    'README.txt': await AuditFile.written(join(folder, 'README.txt'), async (file) => {
      await file.write(readmeText({ asOf, position }));
      return null;
    }),
  };
  return {
    format: 'provisie-audit',
    formatVersion: 1,
    createdAt: asOf,
    asOf,
    log: {
      headPosition,
      exportedPosition: position,
      events: chain.events,
      chain: chain.hash,
    },
    readModel: {
      version: READ_MODEL_VERSION,
      position,
      unreadableEvents: await countOf(everyRow((page) => model.quarantine(page))),
    },
    files,
  };
}

interface EventsOutput {
  readonly file: AuditFile;
  readonly chain: EventChain;
  readonly onProgress: AuditExport['onProgress'];
}

async function writeEvents(
  store: EventStore,
  until: number,
  { file, chain, onProgress }: EventsOutput,
): Promise<number> {
  for await (const batch of store.readAll(0)) {
    for (const event of batch) {
      if (event.position > until) return chain.events;
      const line = eventLine(event);
      chain.add(line);
      await file.write(`${line}\n`);
    }
    onProgress(batch.at(-1)?.position ?? until, until);
  }
  return chain.events;
}

async function writeLines(file: AuditFile, values: AsyncIterable<object>): Promise<number> {
  let rows = 0;
  for await (const value of values) {
    await file.write(`${JSON.stringify(value)}\n`);
    rows += 1;
  }
  return rows;
}

/** A row of a CSV file is a line, and the first is the header. */
async function writeTable(file: AuditFile, pieces: AsyncIterable<string>): Promise<number> {
  let lines = 0;
  for await (const piece of pieces) {
    await file.write(piece);
    lines += piece.split('\n').length - 1;
  }
  return lines - 1;
}

async function* balances(model: ReadModelSnapshot, asOf: number) {
  yield* await model.trialBalance({ asOf, knownAt: null });
}

async function countOf(rows: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of rows) count += 1;
  return count;
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const handle = await open(join(folder, MANIFEST), 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
