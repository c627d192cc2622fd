import type { RecordedEvent } from '@provisie/event-store';
import { EventChain, eventLine, eventOfLine } from '@provisie/event-store/log-equality';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { UsageError } from '@provisie/process';
import { piecesOf, textLinesOf, unpacked } from '../lines.ts';
import type { EventsManifest } from './manifest.ts';
import type { BackupPart } from './parts.ts';

const BATCH = 1000;

/** All events of a backup and its increments, in log order; throws `UsageError` when their chain isn't the manifest's. */
export async function* backedUpEvents(
  parts: readonly BackupPart<EventsManifest>[],
): AsyncGenerator<readonly RecordedEvent[]> {
  const chain = new EventChain();
  for (const part of parts) {
    for await (const batch of batchesOf(part)) {
      for (const event of batch) chain.add(eventLine(event));
      yield batch;
    }
    const { log } = part.manifest;
    if (chain.hash === log.chain && chain.events === log.events) continue;
    throw new UsageError(
      `${part.file} doesn't hold the events of its manifest: their chain ends in ${chain.hash}, the manifest says ${log.chain}. Take another backup.`,
    );
  }
}

/** Those of one part alone. */
export async function* batchesOf({
  file,
  manifest,
}: BackupPart<EventsManifest>): AsyncGenerator<readonly RecordedEvent[]> {
  if (manifest.since !== null) {
    yield* incrementOf(file);
    return;
  }
  const store = openSqliteEventStore({ file, readOnly: true });
  try {
    yield* store.readAll(0, { batchSize: BATCH });
  } finally {
    await store.close();
  }
}

async function* incrementOf(file: string): AsyncGenerator<readonly RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  let line = 0;
  for await (const text of textLinesOf(unpacked(piecesOf(file)))) {
    line += 1;
    const event = eventOfLine(text);
    if (event === null) throw new UsageError(`${file}, line ${line}, is no event.`);
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
