import type { NewFact } from '@provisie/domain';
import type { RefusedTouch } from '../collector/collect-protocol.ts';
import type { CollectorClient } from './collector-client.ts';
import { DeliveryError } from './touch-delivery.ts';
import type { TouchDelivery } from './touch-delivery.ts';

/** Of one call: Cloudflare Queues takes 100 messages and 256 KB. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 200_000;
const FIRST_DELAY_SECONDS = 2;
const LONGEST_DELAY_SECONDS = 900;

interface OutgoingMessage {
  readonly body: unknown;
  readonly contentType: 'json';
}

/** The part of a queue binding of Cloudflare that producing needs. */
export interface QueueProducer {
  sendBatch(messages: readonly OutgoingMessage[]): Promise<unknown>;
}

export interface QueuedMessage {
  readonly body: unknown;
  /** From 1. */
  readonly attempts: number;
  ack(): void;
  retry(options?: { readonly delaySeconds?: number }): void;
}

/** What a worker's `queue` handler is given. */
export interface MessageBatch {
  readonly messages: readonly QueuedMessage[];
}

/** Into the queue, which keeps what it has acknowledged. Whether a touch is a repeat shows only later. */
export function queueDelivery(queue: QueueProducer): TouchDelivery {
  return {
    mostAtOnce: MOST_MESSAGES,
    async deliver(touches) {
      try {
        await Promise.all(chunksOf(touches).map((chunk) => queue.sendBatch(chunk.map(message))));
      } catch (cause) {
        throw new DeliveryError('queue_failed', 'The queue did not take the touches.', true, {
          cause,
        });
      }
      return touches.map(() => 'accepted');
    },
  };
}

export interface QueueConsumerOptions {
  readonly client: CollectorClient;
  /** Where what the collector refuses is set aside. Null: it stays in the queue until that gives it up. */
  readonly refused: QueueProducer | null;
  readonly onError: (error: unknown) => void;
}

/**
 * Takes a batch of the queue to the collector, and answers for every message by itself. What can't be delivered
 * comes again, later each time; after `max_retries` the platform moves it to the dead letter queue.
 */
export function createQueueConsumer({ client, refused, onError }: QueueConsumerOptions) {
  return async ({ messages }: MessageBatch): Promise<void> => {
    try {
      const outcomes = await client.send(messages.map(({ body }) => body));
      const outcast: QueuedMessage[] = [];
      for (const [index, queued] of messages.entries()) {
        if (outcomes[index]?.outcome === 'refused') outcast.push(queued);
        else queued.ack();
      }
      if (outcast.length === 0) return;
      onError(refusedBy(outcomes.filter((outcome) => outcome.outcome === 'refused')));
      await setAside(outcast, refused);
    } catch (error) {
      onError(error);
      for (const queued of messages) retry(queued);
    }
  };
}

export function refusedBy(refused: readonly RefusedTouch[]): DeliveryError {
  const [first] = refused;
  const where = first === undefined ? '' : `, the first at ${first.path}: ${first.problem}`;
  const count = String(refused.length);
  const message = `The collector refuses ${count} of the touches${where}.`;
  return new DeliveryError('touches_refused', message, false);
}

async function setAside(messages: readonly QueuedMessage[], refused: QueueProducer | null) {
  if (refused === null) {
    for (const queued of messages) retry(queued);
    return;
  }
  await refused.sendBatch(messages.map(({ body }) => message(body)));
  for (const queued of messages) queued.ack();
}

function retry(queued: QueuedMessage) {
  const delay = FIRST_DELAY_SECONDS * 2 ** (queued.attempts - 1);
  queued.retry({ delaySeconds: Math.min(LONGEST_DELAY_SECONDS, delay) });
}

function message(body: unknown): OutgoingMessage {
  return { body, contentType: 'json' };
}

function chunksOf(touches: readonly NewFact[]): NewFact[][] {
  const chunks: NewFact[][] = [];
  let room = 0;
  for (const touch of touches) {
    const bytes = new TextEncoder().encode(JSON.stringify(touch)).length;
    const chunk = chunks.at(-1);
    if (chunk === undefined || bytes > room) {
      chunks.push([touch]);
      room = MOST_BYTES - bytes;
    } else {
      chunk.push(touch);
      room -= bytes;
    }
  }
  return chunks;
}
