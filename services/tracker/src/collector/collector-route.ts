import type { Instant } from '@provisie/domain';
import { CLOCKS_DIFFER_MS, EventStoreError } from '@provisie/event-store';
import type { NewEvent } from '@provisie/event-store';
import { Hono } from 'hono';
import { problemAnswer } from '../problems.ts';
import { appendTouches } from './append-touches.ts';
import type { TouchStore } from './append-touches.ts';
import { readBatch, readTouch } from './collected-batch.ts';
import type { CollectedBatch } from './collected-batch.ts';
import type { CollectAnswer, RefusedTouch, TouchOutcome } from './collect-protocol.ts';
import { readBytes } from './read-bytes.ts';
import { verifyMessage } from './signature.ts';
import type { SigningKeys } from './signature.ts';

const MAX_BYTES = 4_194_304;

export interface CollectorOptions {
  /** What it calls appended is durable. */
  readonly store: TouchStore;
  /** Any of them is taken; see `readSigningSecrets`. */
  readonly keys: SigningKeys;
  readonly now: () => Instant;
  /** Of a body, and of what it holds when it is gzipped; default 4 MiB. */
  readonly maxBytes?: number;
  /** Hears of every batch that was taken; holds no personal data. */
  readonly onBatch?: (batch: CollectedCounts) => void;
  /** Hears of batches that couldn't be appended, and of a worker's clock that differs from ours: `ClocksApart`. */
  readonly onError?: (error: unknown) => void;
}

export interface CollectedCounts {
  readonly worker: string;
  readonly accepted: number;
  readonly repeated: number;
  /** Where in the batch and why. */
  readonly refused: readonly RefusedTouch[];
}

/** One of the two clocks is wrong. The touches are taken all the same, with the times that their worker gave them. */
class ClocksApart extends Error {
  override readonly name = 'ClocksApart';
  readonly code = 'clocks_apart';

  constructor(worker: string, apartMs: number) {
    const minutes = String(Math.round(Math.abs(apartMs) / 60_000));
    const side = apartMs > 0 ? 'ahead of' : 'behind';
    super(
      `The clock of the worker ${worker} is ${minutes} minutes ${side} the one here; put the wrong one right.`,
    );
  }
}

/**
 * `POST /collect`: takes batches of touches from edge workers, signed as Standard Webhooks says. 200 tells what
 * became of each touch; after any other answer the whole batch may be sent again, and counts once.
 */
export function collectorRoute(options: CollectorOptions): Hono {
  if (options.keys.length === 0) throw new RangeError('A collector needs a signing secret.');
  const app = new Hono();
  app.post('/collect', async (context) => {
    const signed = await readSignedBody(context.req.raw, options);
    if (signed instanceof Response) return signed;
    const reading = readBatch(signed.text);
    if (!reading.ok) {
      const detail = 'This is no batch of touches. See `errors` for where.';
      return problemAnswer('invalid_request', detail, { errors: reading.errors });
    }
    try {
      return Response.json(await collect(reading.batch, signed.sentAt, options), {
        headers: { 'Cache-Control': 'no-store' },
      });
    } catch (error) {
      options.onError?.(error);
      return notAppended(error);
    }
  });
  app.all('/collect', () =>
    problemAnswer('method_not_allowed', 'Use POST.', { headers: { Allow: 'POST' } }),
  );
  return app;
}

async function collect(
  { worker, touches }: CollectedBatch,
  sentAt: Instant,
  options: CollectorOptions,
): Promise<CollectAnswer> {
  const at = options.now();
  const apartMs = sentAt - at;
  if (Math.abs(apartMs) > CLOCKS_DIFFER_MS) options.onError?.(new ClocksApart(worker, apartMs));
  // What has happened by the worker's clock lies in no future: ours may be the one that is behind.
  const latest = Math.max(at, sentAt);
  const readings = touches.map((raw, index) => readTouch(raw, index, latest));
  const fit: NewEvent[] = [];
  for (const reading of readings) if (reading.ok) fit.push(reading.touch);
  const appended = await appendTouches(options.store, worker, fit);
  const outcomes = readings.map((reading): TouchOutcome => {
    if (!reading.ok) return reading.refusal;
    const outcome = appended.get(reading.touch);
    if (outcome === undefined) throw new Error('a touch was neither appended nor refused');
    return { outcome };
  });
  options.onBatch?.({
    worker,
    accepted: outcomes.filter(({ outcome }) => outcome === 'accepted').length,
    repeated: outcomes.filter(({ outcome }) => outcome === 'repeated').length,
    refused: outcomes.filter((outcome) => outcome.outcome === 'refused'),
  });
  return { outcomes };
}

interface SignedText {
  readonly text: string;
  readonly sentAt: Instant;
}

/** The body, once it is known who sent it: nothing of a stranger's is unpacked or parsed. */
async function readSignedBody(
  request: Request,
  { keys, maxBytes = MAX_BYTES }: CollectorOptions,
): Promise<SignedText | Response> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge(maxBytes);
  const wire = await readBytes(request.body, maxBytes).catch(() => undefined);
  if (wire === undefined) return problemAnswer('invalid_request', 'The body broke off.');
  if (wire === null) return tooLarge(maxBytes);
  const signature = await verifyMessage(keys, request.headers, wire);
  if (signature.verdict !== 'valid') return notSigned(signature.verdict);
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    return problemAnswer('unsupported_media_type', 'Send the body as it is, or gzipped.');
  }
  const bytes = encoding === 'gzip' ? await unzip(wire, maxBytes) : wire;
  if (bytes === null) return tooLarge(maxBytes);
  const text = bytes === undefined ? undefined : decoded(bytes);
  if (text === undefined) {
    return problemAnswer('invalid_request', 'The body is not gzip, or not UTF-8.');
  }
  return { text, sentAt: signature.sentAt };
}

/** Null: too large. Undefined: no gzip. */
async function unzip(wire: Uint8Array<ArrayBuffer>, maxBytes: number) {
  const unzipped = new Blob([wire]).stream().pipeThrough(new DecompressionStream('gzip'));
  return readBytes(unzipped, maxBytes).catch(() => undefined);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tooLarge(maxBytes: number): Response {
  return problemAnswer('body_too_large', `A batch has at most ${String(maxBytes)} bytes.`);
}

function notSigned(verdict: 'missing' | 'wrong'): Response {
  const details = {
    missing:
      'Send the headers webhook-id, webhook-timestamp (seconds since 1970) and webhook-signature.',
    wrong: 'The signature is by none of the secrets that the collector knows.',
  };
  return problemAnswer('wrong_signature', details[verdict]);
}

function notAppended(error: unknown): Response {
  const headers = { 'Retry-After': '5' };
  const detail = 'The touches were not taken, or not all: send the same batch again.';
  const isFull = error instanceof EventStoreError && error.code === 'store_full';
  return problemAnswer(isFull ? 'store_full' : 'store_unavailable', detail, { headers });
}
