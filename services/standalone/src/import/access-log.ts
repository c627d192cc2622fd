import type { EventStore } from '@provisie/event-store';
import { readFact } from '@provisie/event-store';
import { SECRETS, touchHashesOf, type Vault } from '@provisie/privacy';
import { createLinkDirectory, type LinkDirectory } from '@provisie/tracker';
import { createClickReader } from './click-reader.ts';
import { createClickWriter, type WrittenClicks } from './click-writer.ts';
import { openLogFile } from './log-file.ts';
import { readLogLine } from './log-line.ts';

export interface AccessLogImport {
  readonly file: string;
  readonly store: EventStore;
  readonly vault: Vault;
  /** Where the old tracker's links lay; `/r/` as ours. */
  readonly trackerPath: string;
  /** Read and count, write nothing. */
  readonly dryRun: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

interface ImportProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly lines: number;
}

export interface AccessLogSummary extends Readonly<WrittenClicks> {
  readonly lines: number;
  /** Clicks of people on links that are known; in a dry run none of them is written. */
  readonly clicks: number;
  /** Readable lines that are no click, by reason. */
  readonly dropped: ReadonlyMap<string, number>;
  readonly unreadable: number;
  /** The first few. */
  readonly unreadableLines: readonly { readonly line: number; readonly problem: string }[];
}

const SHOWN_LINES = 5;
const LINES_PER_REPORT = 500;

/** Imports clicks from an nginx log in the combined format. The same log again adds nothing. */
export async function importAccessLog(options: AccessLogImport): Promise<AccessLogSummary> {
  const { store, vault, trackerPath, dryRun, onProgress } = options;
  const log = await openLogFile(options.file);
  const readRequest = createClickReader({
    directory: await knownLinks(store),
    ...(await touchHashesOf(vault)),
    visitorSecret: await vault.secret(SECRETS.importedVisitors),
    trackerPath,
  });
  const writer = createClickWriter(store);
  const dropped = new Map<string, number>();
  const unreadableLines: { line: number; problem: string }[] = [];
  let lines = 0;
  let clicks = 0;
  let unreadable = 0;
  for await (const line of log.lines()) {
    lines += 1;
    if (lines % LINES_PER_REPORT === 0) report(onProgress, log, lines);
    if (line === '') continue;
    const read = readLogLine(line);
    if (!read.ok) {
      unreadable += 1;
      if (unreadable <= SHOWN_LINES) unreadableLines.push({ line: lines, problem: read.problem });
      continue;
    }
    const result = await readRequest(line, read.request);
    if (result.kind === 'dropped') {
      dropped.set(result.reason, (dropped.get(result.reason) ?? 0) + 1);
      continue;
    }
    clicks += 1;
    if (!dryRun) await writer.add(result.event);
  }
  await writer.flush();
  report(onProgress, log, lines);
  return { ...writer.written, lines, clicks, dropped, unreadable, unreadableLines };
}

async function knownLinks(store: EventStore): Promise<LinkDirectory> {
  const directory = createLinkDirectory();
  for await (const batch of store.readAll(0, { categories: ['link', 'programme'] })) {
    for (const event of batch) directory.apply(readFact(event));
  }
  return directory;
}

function report(
  onProgress: AccessLogImport['onProgress'],
  log: { readonly bytesTotal: number; bytesRead(): number },
  lines: number,
): void {
  onProgress?.({ bytesRead: log.bytesRead(), bytesTotal: log.bytesTotal, lines });
}
