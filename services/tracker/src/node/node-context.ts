import type { IncomingMessage } from 'node:http';
import type { RequestHeaders, TrackerContext, TrackerRequest } from '../tracker-context.ts';

/** The context of a request that Node's own listener got. */
export function contextOf(incoming: IncomingMessage): TrackerContext {
  return { req: { raw: new NodeRequest(incoming) }, env: { incoming } };
}

class NodeRequest implements TrackerRequest, RequestHeaders {
  readonly #incoming: IncomingMessage;
  /** It is read by `arrayBuffer`. */
  readonly body = null;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
  }

  get method(): string {
    return this.#incoming.method ?? '';
  }

  get url(): string {
    return `http://${this.get('host') ?? ''}${this.#incoming.url ?? ''}`;
  }

  get headers(): RequestHeaders {
    return this;
  }

  get(name: string): string | null {
    const value = this.#incoming.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : null;
  }

  arrayBuffer(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    return new Promise((resolve, reject) => {
      this.#incoming
        .on('data', (chunk: Uint8Array) => chunks.push(chunk))
        .once('end', () => {
          resolve(Buffer.concat(chunks));
        })
        .once('error', reject);
    });
  }
}
