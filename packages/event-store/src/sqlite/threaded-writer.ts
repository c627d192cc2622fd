import { Worker } from 'node:worker_threads';
import { EventStoreError } from '../event-store.ts';
import type { AppendResult, RecordedEvent } from '../event-store.ts';
import type { AppendOutcome, PreparedAppend } from '../prepared-append.ts';
import { refusalWhenFull } from '../waiting-appends.ts';
import type { LogWriter, LogWriterOptions } from './log-writer.ts';
import { charactersOf, packedAppends } from './packed-appends.ts';
import { unpackedOutcomes } from './packed-outcomes.ts';
import { received } from './sent-failure.ts';
import type { WriterOrder, WriterReport } from './writer-orders.ts';

/** In one append. */
const MOST_CHARACTERS = 268_435_456;
/** What is gathered goes over when it is this much, though the turn of the event loop isn't over. */
const ENOUGH_CHARACTERS = 16_777_216;

interface Waiting<Result> {
  readonly events: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: EventStoreError) => void;
}

/**
 * Has another thread write, so that this one is free while the disk does its work. What is appended in one turn of the
 * event loop goes over together. If that thread fails, whoever waits for it is told, and the next append starts another.
 */
export class ThreadedWriter implements LogWriter {
  readonly #options: LogWriterOptions;
  #thread: Worker | null;
  /** Not handed over yet. */
  #gathered: PreparedAppend[] = [];
  #gatheredCharacters = 0;
  #gatheredSince = 0;
  #handOver: NodeJS.Immediate | null = null;
  /** In the order in which they were appended, those gathered among them. */
  readonly #appends: Waiting<AppendResult>[] = [];
  #waitingEvents = 0;
  readonly #imports: Waiting<void>[] = [];
  #lastCommitMs = Infinity;
  #isClosing = false;

  constructor(options: LogWriterOptions) {
    this.#options = options;
    this.#thread = this.#startThread();
  }

  append(append: PreparedAppend): Promise<AppendResult> {
    const refusal = refusalWhenFull(this.#waitingEvents, append, this.#options.maxQueuedEvents);
    if (refusal !== null) return Promise.reject(refusal);
    const characters = charactersOf(append);
    if (characters > MOST_CHARACTERS) {
      const message = `The append to ${append.stream} has ${characters} characters of JSON; at most ${MOST_CHARACTERS} can be written at once.`;
      return Promise.reject(new EventStoreError('append_too_large', message));
    }
    const events = append.events.length;
    this.#waitingEvents += events;
    const result = new Promise<AppendResult>((resolve, reject) => {
      this.#appends.push({ events, resolve, reject });
    });
    this.#gather(append, characters);
    return result;
  }

  #gather(append: PreparedAppend, characters: number): void {
    if (this.#gathered.length === 0) {
      this.#gatheredSince = performance.now();
      this.#handOver ??= setImmediate(() => this.#handOverGathered());
    }
    this.#gathered.push(append);
    this.#gatheredCharacters += characters;
    const isMuch = this.#gatheredCharacters > ENOUGH_CHARACTERS;
    // By its caller, who needn't wait for the end of the turn once more.
    const isGathered = append.events.length > 1;
    if (isMuch || isGathered || this.#takesAsLongAsHalfACommit()) this.#handOverGathered();
  }

  /**
   * Then the thread had better be at work while more is gathered: two groups come about, of which one is gathered while
   * the other is written. Were they all to go over at the end of the turn, the threads would wait for each other.
   */
  #takesAsLongAsHalfACommit(): boolean {
    return performance.now() - this.#gatheredSince > this.#lastCommitMs / 2;
  }

  #handOverGathered(): void {
    if (this.#handOver !== null) clearImmediate(this.#handOver);
    this.#handOver = null;
    if (this.#gathered.length === 0) return;
    const appends = this.#gathered;
    this.#gathered = [];
    this.#gatheredCharacters = 0;
    this.#tell({ kind: 'append', appends: packedAppends(appends), now: this.#options.clock() });
  }

  importEvents(events: readonly RecordedEvent[]): Promise<void> {
    this.#handOverGathered();
    this.#tell({ kind: 'import', events });
    return new Promise((resolve, reject) => {
      this.#imports.push({ events: events.length, resolve, reject });
    });
  }

  async close(): Promise<void> {
    this.#handOverGathered();
    const thread = this.#thread;
    if (thread === null) return;
    this.#isClosing = true;
    const ended = new Promise((resolve) => thread.once('exit', resolve));
    this.#tell({ kind: 'close' });
    await ended;
  }

  #tell(order: WriterOrder): void {
    this.#thread ??= this.#startThread();
    this.#thread.ref();
    this.#thread.postMessage(order, []);
  }

  #startThread(): Worker {
    const { file, maxFileBytes } = this.#options;
    // What this process was started with, such as code to run, is no business of the thread.
    const thread = new Worker(new URL('writer-thread.ts', import.meta.url), {
      argv: [file, maxFileBytes ?? ''],
      execArgv: [],
    });
    let reason = 'it ended without saying why';
    thread.on('message', (report: WriterReport) => this.#take(report));
    thread.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    thread.on('exit', () => {
      this.#thread = null;
      this.#fail(reason);
    });
    // Only what waits for it keeps the process alive.
    thread.unref();
    return thread;
  }

  #take(report: WriterReport): void {
    switch (report.kind) {
      case 'written':
        this.#lastCommitMs = report.milliseconds;
        this.#options.onWritten();
        this.#settle(unpackedOutcomes(report.outcomes));
        break;
      case 'refused':
        this.#settle(Array<AppendOutcome>(report.appends).fill(received(report.failure)));
        break;
      case 'imported':
        this.#settleImport(report.failure === null ? null : received(report.failure));
        break;
    }
    if (this.#appends.length === 0 && this.#imports.length === 0 && !this.#isClosing) {
      this.#thread?.unref();
    }
  }

  #settle(outcomes: readonly AppendOutcome[]): void {
    const settled = this.#appends.splice(0, outcomes.length);
    settled.forEach(({ events, resolve, reject }, index) => {
      this.#waitingEvents -= events;
      const outcome = outcomes[index];
      if (outcome === undefined) return;
      if (outcome instanceof EventStoreError) reject(outcome);
      else resolve(outcome);
    });
  }

  #settleImport(failure: EventStoreError | null): void {
    if (failure === null) this.#options.onWritten();
    const settled = this.#imports.shift();
    if (failure === null) settled?.resolve();
    else settled?.reject(failure);
  }

  /** The thread is gone. Only it knows what it wrote. */
  #fail(reason: string): void {
    const message = `The thread that writes to the event store ${this.#options.file} has failed (${reason}). What it was given may have been written or not: send it again.`;
    const failure = new EventStoreError('store_unavailable', message);
    this.#gathered = [];
    this.#gatheredCharacters = 0;
    this.#waitingEvents = 0;
    const waiting = [...this.#appends.splice(0), ...this.#imports.splice(0)];
    for (const { reject } of waiting) reject(failure);
  }
}
