import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What a client sends, one request after the other. */
export interface Requests {
  /** The next request of a connection, as bytes; they may be overwritten once they are sent. */
  next(connection: number): Uint8Array;
  /** The status line that every answer must have, such as `HTTP/1.1 302 `. */
  readonly answer: string;
}

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly requests: Requests;
  /** When no more are sent. */
  readonly until: { readonly seconds: number } | { readonly answers: number };
}

export interface LoadResult {
  readonly answers: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const BUCKETS_PER_MS = 100;
const BUCKETS = 5000 * BUCKETS_PER_MS;

/**
 * Keeps `connections` requests under way: each connection sends the next when it has the answer to the last. It
 * does as little as it can, because it takes its part of the machine from the server that it measures. Every
 * request that was sent is answered when it resolves. Rejects at an answer that isn't the expected one.
 */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const { port, connections, requests, until } = options;
  const latencies = new Uint32Array(BUCKETS);
  const startedAt = performance.now();
  const endsAt = 'seconds' in until ? startedAt + until.seconds * 1000 : Infinity;
  // Each connection has one under way.
  const lastSent = 'answers' in until ? until.answers - connections : Infinity;
  let answers = 0;
  const isOver = (sentAt: number, now: number): boolean => {
    const bucket = Math.min(BUCKETS - 1, Math.floor((now - sentAt) * BUCKETS_PER_MS));
    latencies[bucket] = (latencies[bucket] ?? 0) + 1;
    answers += 1;
    return now >= endsAt || answers > lastSent;
  };
  await Promise.all(
    Array.from({ length: connections }, (_, connection) =>
      keepAsking(port, () => requests.next(connection), Buffer.from(requests.answer), isOver),
    ),
  );
  return {
    answers,
    seconds: (performance.now() - startedAt) / 1000,
    p50: percentileOf(latencies, answers, 0.5),
    p99: percentileOf(latencies, answers, 0.99),
  };
}

async function keepAsking(
  port: number,
  nextRequest: () => Uint8Array,
  expected: Buffer,
  isOver: (sentAt: number, now: number) => boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  let sentAt = 0;
  let received: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    if (!received.subarray(0, expected.length).equals(expected.subarray(0, received.length))) {
      reject(new Error(`answered ${received.toString('latin1')}`));
      socket.destroy();
      return;
    }
    if (!isWholeAnswer(received)) {
      // The buffer is read into again.
      received = Buffer.from(received);
      return;
    }
    received = Buffer.alloc(0);
    const now = performance.now();
    if (isOver(sentAt, now)) {
      resolve(undefined);
      socket.destroy();
      return;
    }
    sentAt = now;
    socket.write(nextRequest());
  };
  const buffer = Buffer.alloc(16_384);
  const socket: Socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer,
      callback: (length) => {
        take(buffer.subarray(0, length));
        return true;
      },
    },
  });
  socket.once('error', reject);
  socket.once('close', () => {
    reject(new Error('the server closed the connection'));
  });
  await once(socket, 'connect');
  sentAt = performance.now();
  socket.write(nextRequest());
  await promise;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKED_END = Buffer.from('\r\n\r\n0\r\n\r\n');
const CHUNKED = Buffer.from('Transfer-Encoding: chunked');

/** Of an answer without a body: its head, and the empty chunk where one is announced. */
function isWholeAnswer(bytes: Buffer): boolean {
  if (!endsWith(bytes, HEAD_END)) return false;
  return endsWith(bytes, CHUNKED_END) || !bytes.includes(CHUNKED);
}

function endsWith(bytes: Buffer, end: Buffer): boolean {
  const start = bytes.length - end.length;
  return start >= 0 && bytes.compare(end, 0, end.length, start) === 0;
}

function percentileOf(buckets: Uint32Array, total: number, share: number): number {
  let seen = 0;
  const bucket = buckets.findIndex((count) => (seen += count) >= total * share);
  return (bucket + 0.5) / BUCKETS_PER_MS;
}
