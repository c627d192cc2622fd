import { parsedJson } from '@provisie/http/json';
import { collectAnswerSchema } from '../collector/collect-protocol.ts';
import type { RefusedTouch, TouchOutcome } from '../collector/collect-protocol.ts';
import { signMessage } from '../collector/signature.ts';
import type { SigningKeys } from '../collector/signature.ts';
import { DeliveryError } from './touch-delivery.ts';
import type { TouchDelivery } from './touch-delivery.ts';

/** Below it, packing takes longer than it saves. */
const WORTH_GZIPPING = 8192;

export interface CollectorClientOptions {
  /** Of `POST /collect`. */
  readonly url: string;
  readonly keys: SigningKeys;
  readonly worker: string;
  readonly now: () => number;
  /** Of one attempt; default 3,000. */
  readonly timeLimitMs?: number;
}

export interface CollectorClient {
  /** One attempt. What became of each touch, in their order; rejects with `DeliveryError`. */
  send(touches: readonly unknown[]): Promise<readonly TouchOutcome[]>;
}

export function createCollectorClient(options: CollectorClientOptions): CollectorClient {
  const place = placeOf(options.url);
  return {
    async send(touches) {
      const { status, text } = await post(options, touches, place);
      if (status !== 200) throw refusal(place, status);
      const answer = collectAnswerSchema.safeParse(parsedJson(text));
      if (!answer.success || answer.data.outcomes.length !== touches.length) {
        throw new DeliveryError(
          'collector_foreign',
          `${place} answers 200, but not as a collector does; is it the right address?`,
          false,
        );
      }
      return answer.data.outcomes;
    },
  };
}

/** Straight to the collector; `onRefused` hears why, because the touches are lost. */
export function collectorDelivery(
  client: CollectorClient,
  onRefused: (refused: readonly RefusedTouch[]) => void,
): TouchDelivery {
  return {
    mostAtOnce: 200,
    async deliver(touches) {
      const outcomes = await client.send(touches);
      const refused = outcomes.filter((outcome) => outcome.outcome === 'refused');
      if (refused.length > 0) onRefused(refused);
      return outcomes.map(({ outcome }) => outcome);
    },
  };
}

async function post(
  { url, keys, worker, now, timeLimitMs = 3000 }: CollectorClientOptions,
  touches: readonly unknown[],
  place: string,
) {
  const text = new TextEncoder().encode(JSON.stringify({ worker, touches }));
  const isPacked = text.length >= WORTH_GZIPPING;
  const body = isPacked ? await gzip(text) : text;
  const signature = await signMessage(keys, { id: crypto.randomUUID(), at: now(), body });
  const headers = new Headers({ ...signature, 'Content-Type': 'application/json' });
  if (isPacked) headers.set('Content-Encoding', 'gzip');
  try {
    const signal = AbortSignal.timeout(timeLimitMs);
    // A redirect would be followed without the body.
    const init = { method: 'POST', headers, body, signal, redirect: 'manual' } as const;
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const message = `${place} can't be reached or doesn't answer in time.`;
    throw new DeliveryError('collector_unreachable', message, true, { cause });
  }
}

function refusal(place: string, status: number): DeliveryError {
  const isBusy = status >= 500 || status === 408 || status === 429;
  const message = `${place} answers ${String(status)} instead of taking the touches.`;
  return new DeliveryError(isBusy ? 'collector_busy' : 'collector_refuses', message, isBusy);
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
