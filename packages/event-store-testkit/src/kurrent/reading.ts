import type messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadRequest } from './read-request.ts';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  notFoundResponse,
} from './responses.ts';
import { serverErrors } from './server-errors.ts';
import type { ServerLog } from './server-log.ts';
import type { ServerRecord } from './server-record.ts';

/** What a read or subscription answers, message by message; throws a `ServerError`. */
export function responsesTo(
  log: ServerLog,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<messages.ReadResp> {
  if (request.count === null) return subscription(log, request, signal);
  return request.stream === null
    ? logRead(log, request, request.count)
    : streamRead(log, request, request.stream, request.count);
}

async function* logRead(
  log: ServerLog,
  { from, isBackward, passes }: ReadRequest,
  count: number,
): AsyncGenerator<messages.ReadResp> {
  checkPosition(log, from);
  let sent = 0;
  for (const record of inOrder(log, from, isBackward)) {
    if (sent >= count) return;
    if (!passes(record)) continue;
    sent += 1;
    yield eventResponse(record);
  }
}

/** Lazily: most reads want few. */
function* inOrder(
  log: ServerLog,
  from: ReadRequest['from'],
  isBackward: boolean,
): Generator<ServerRecord> {
  const { records } = log;
  const first = from === 'end' ? records.length : indexAfter(log, startOf(from) - 1);
  if (isBackward) {
    for (let index = first - 1; index >= 0; index -= 1) {
      const record = records[index];
      if (record !== undefined) yield record;
    }
  } else {
    yield* records.slice(first);
  }
}

async function* streamRead(
  log: ServerLog,
  { from, isBackward }: ReadRequest,
  stream: string,
  count: number,
): AsyncGenerator<messages.ReadResp> {
  if (log.isDeleted(stream)) throw serverErrors.deleted(stream);
  const visible = log.visible(stream);
  if (visible === null) {
    yield notFoundResponse(stream);
    return;
  }
  const candidates = isBackward
    ? visible.filter(({ revision }) => from === 'end' || revision <= startOf(from)).toReversed()
    : visible.filter(({ revision }) => from !== 'end' && revision >= startOf(from));
  for (const record of candidates.slice(0, count)) yield eventResponse(record);
}

async function* subscription(
  log: ServerLog,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<messages.ReadResp> {
  checkPosition(log, request.from);
  let last = lastSeenBy(log, request.from);
  yield confirmationResponse();
  let considered = 0;
  let hasCaughtUp = false;
  while (!signal.aborted) {
    const next = nextAfter(log, last);
    if (next === undefined) {
      if (!hasCaughtUp) yield caughtUpResponse();
      hasCaughtUp = true;
      await written(log, last, signal);
      continue;
    }
    last = next.position;
    considered += 1;
    if (isWanted(request, next)) yield eventResponse(next);
    if (request.isFiltered && considered % request.checkpointInterval === 0) {
      yield checkpointResponse(next.position);
    }
  }
}

function isWanted({ stream, passes }: ReadRequest, record: ServerRecord): boolean {
  return stream === null ? passes(record) : record.stream === stream;
}

/**
 * The server takes the first record at or after the position for the one that was seen: if that one was
 * scavenged meanwhile, the next is passed over.
 */
function lastSeenBy(log: ServerLog, from: ReadRequest['from']): number {
  if (from === 'start') return -1;
  if (from === 'end') return log.records.at(-1)?.position ?? -1;
  return log.records.find(({ position }) => position >= from)?.position ?? from;
}

function nextAfter(log: ServerLog, position: number): ServerRecord | undefined {
  return log.records[indexAfter(log, position)];
}

function indexAfter(log: ServerLog, position: number): number {
  let low = 0;
  let high = log.records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((log.records[middle]?.position ?? Infinity) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

function written(log: ServerLog, last: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = log.onWrite(done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted || nextAfter(log, last) !== undefined) done();
  });
}

function startOf(from: number | 'start' | 'end'): number {
  return typeof from === 'number' ? from : 0;
}

/** Between two records there is nothing that the server could read. */
function checkPosition(log: ServerLog, from: ReadRequest['from']): void {
  if (typeof from === 'number' && !log.isBoundary(from)) throw serverErrors.invalidPosition();
}
