import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEventIds } from '@provisie/event-store';
import type { NewEvent } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSpool, startForwarder } from '../src/index.ts';
import type { Forwarder, ForwarderOptions, Spool, SpoolOptions } from '../src/index.ts';
import { FaultyStore } from './faulty-store.ts';

export const STREAM = 'touches-test-2026-06-15';

const nextId = createEventIds();

export function aTouch(data: object = { seen: true }): NewEvent {
  return { id: nextId(), type: 'Noted', version: 1, occurredAt: 0, data };
}

export function touches(count: number): NewEvent[] {
  return Array.from({ length: count }, () => aTouch());
}

export const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);

/** A spool in front of a real store that fails as it is told, all in one folder of its own. */
export class SpooledNode implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'provisie-spool-'));
  readonly file = join(this.folder, 'spool.sqlite');
  readonly log = openSqliteEventStore({ file: join(this.folder, 'events.sqlite') });
  readonly store = new FaultyStore(this.log);
  readonly errors: unknown[] = [];
  spool: Spool;
  #forwarder: Forwarder | null = null;

  constructor(options: Partial<SpoolOptions> = {}) {
    this.spool = this.open(options);
  }

  open(options: Partial<SpoolOptions> = {}): Spool {
    this.spool = openSpool({ file: this.file, roomCheckMs: 20, ...options });
    return this.spool;
  }

  append(events: readonly NewEvent[], stream = STREAM) {
    return this.spool.append(stream, events, 'any');
  }

  forward(options: Partial<ForwarderOptions> = {}): Forwarder {
    this.#forwarder = startForwarder({
      outbox: this.spool.outbox,
      store: this.store,
      lingerMs: 0,
      firstPauseMs: 1,
      longestPauseMs: 5,
      timeLimitMs: 200,
      onError: (error) => this.errors.push(error),
      ...options,
    });
    return this.#forwarder;
  }

  /** Forwards until nothing waits. */
  async drained(options: Partial<ForwarderOptions> = {}): Promise<Forwarder> {
    const forwarder = this.forward(options);
    const deadline = Date.now() + 20_000;
    while (this.spool.status().events > 0) {
      if (Date.now() > deadline) throw new Error(`stuck: ${JSON.stringify(this.spool.status())}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await forwarder.stop(1000);
    return forwarder;
  }

  /** As a process that ends without a word: what it held in memory is gone. */
  async crash(options: Partial<SpoolOptions> = {}): Promise<Spool> {
    await this.#forwarder?.stop(0);
    await this.spool.close();
    return this.open(options);
  }

  /** The ids in the log, in its order. */
  async logged(stream?: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const batch of this.log.readAll(0)) {
      for (const event of batch) {
        if (stream === undefined || event.stream === stream) ids.push(event.id);
      }
    }
    return ids;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#forwarder?.stop(0);
    await this.spool.close();
    await this.log.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
