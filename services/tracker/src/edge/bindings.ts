import { fromBase64 } from '@provisie/privacy/hashing';
import * as z from 'zod';
import { workerNameSchema } from '../collector/collect-protocol.ts';
import { readSigningSecrets } from '../collector/signature.ts';
import type { SigningKeys } from '../collector/signature.ts';
import type { KvNamespace } from './snapshot-cache.ts';
import type { QueueProducer } from './touch-queue.ts';

/** What an edge worker is told by its platform: `env` on Cloudflare, environment variables elsewhere. */
export interface EdgeBindings {
  readonly collectorUrl: string;
  readonly keys: SigningKeys;
  readonly directoryUrl: string;
  readonly directoryToken: string;
  /** The merchant's: the same as everywhere, else the log knows a customer by two names. */
  readonly customerKey: Uint8Array;
  readonly ipKey: Uint8Array;
  readonly worker: string;
  readonly countryHeader: string | null;
  readonly clientAddressHeader: string | null;
  readonly beaconsPerMinute: number | null;
  readonly refreshSeconds: number | null;
  /** Null: touches go straight to the collector. */
  readonly touches: QueueProducer | null;
  /** Takes what the collector refuses from the queue. */
  readonly refusedTouches: QueueProducer | null;
  /** Keeps the link directory. */
  readonly links: KvNamespace | null;
}

/** Says which bindings are missing or wrong, never what they hold. */
class BindingsError extends Error {
  override readonly name = 'BindingsError';
  readonly code = 'bindings_wrong';
}

const address = z.url({ protocol: /^https?$/, error: 'must be an absolute http(s) address' });
const secret = z.string({ error: 'is missing' }).min(1, 'is empty');
const key = secret.transform((text, context) => {
  const bytes = fromBase64(text);
  if (bytes !== null && bytes.length >= 32) return bytes;
  context.addIssue({ code: 'custom', message: 'must be base64 of 32 bytes' });
  return z.NEVER;
});
const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header');

const textSchema = z.object({
  PROVISIE_COLLECTOR_URL: address,
  PROVISIE_COLLECTOR_SECRET: secret,
  PROVISIE_LINK_DIRECTORY_URL: address,
  PROVISIE_LINK_DIRECTORY_TOKEN: secret,
  PROVISIE_CUSTOMER_KEY: key,
  PROVISIE_IP_KEY: key,
  PROVISIE_WORKER_NAME: workerNameSchema.default('edge'),
  PROVISIE_COUNTRY_HEADER: headerName.optional(),
  PROVISIE_CLIENT_ADDRESS_HEADER: headerName.optional(),
  PROVISIE_BEACONS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  PROVISIE_REFRESH_SECONDS: z.coerce.number().min(1).max(86_400).optional(),
});

/** Rejects with `BindingsError`. */
export async function readBindings(
  environment: Readonly<Record<string, unknown>>,
): Promise<EdgeBindings> {
  const read = textSchema.safeParse(environment);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new BindingsError(`The worker can't start: ${wrong.join('; ')}.`);
  }
  const text = read.data;
  const { TOUCHES, REFUSED_TOUCHES, LINKS } = environment;
  return {
    collectorUrl: text.PROVISIE_COLLECTOR_URL,
    keys: await readKeys(text.PROVISIE_COLLECTOR_SECRET),
    directoryUrl: text.PROVISIE_LINK_DIRECTORY_URL,
    directoryToken: text.PROVISIE_LINK_DIRECTORY_TOKEN,
    customerKey: text.PROVISIE_CUSTOMER_KEY,
    ipKey: text.PROVISIE_IP_KEY,
    worker: text.PROVISIE_WORKER_NAME,
    countryHeader: text.PROVISIE_COUNTRY_HEADER ?? null,
    clientAddressHeader: text.PROVISIE_CLIENT_ADDRESS_HEADER ?? null,
    beaconsPerMinute: text.PROVISIE_BEACONS_PER_MINUTE ?? null,
    refreshSeconds: text.PROVISIE_REFRESH_SECONDS ?? null,
    touches: readQueue('TOUCHES', TOUCHES),
    refusedTouches: readQueue('REFUSED_TOUCHES', REFUSED_TOUCHES),
    links: readNamespace('LINKS', LINKS),
  };
}

async function readKeys(secrets: string): Promise<SigningKeys> {
  try {
    return await readSigningSecrets(secrets);
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'it cannot be read.';
    throw new BindingsError(`The worker can't start: PROVISIE_COLLECTOR_SECRET: ${reason}`);
  }
}

function readQueue(name: string, binding: unknown): QueueProducer | null {
  if (binding === undefined) return null;
  if (isQueue(binding)) return binding;
  throw new BindingsError(`The worker can't start: ${name} must be bound to a queue.`);
}

function readNamespace(name: string, binding: unknown): KvNamespace | null {
  if (binding === undefined) return null;
  if (isNamespace(binding)) return binding;
  throw new BindingsError(`The worker can't start: ${name} must be bound to a KV namespace.`);
}

function isQueue(binding: unknown): binding is QueueProducer {
  return hasFunction(binding, 'sendBatch');
}

function isNamespace(binding: unknown): binding is KvNamespace {
  return hasFunction(binding, 'getWithMetadata') && hasFunction(binding, 'put');
}

function hasFunction(binding: unknown, name: string): boolean {
  if (typeof binding !== 'object' || binding === null) return false;
  return typeof Reflect.get(binding, name) === 'function';
}
