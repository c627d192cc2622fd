import type Database from 'better-sqlite3';
import type { AppendResult, RecordedEvent } from '../event-store.ts';
import type { PreparedAppend } from '../prepared-append.ts';
import { AppendQueue } from './append-queue.ts';
import { EventImporter } from './event-importer.ts';
import { EventWriter } from './event-writer.ts';
import type { LogWriter, LogWriterOptions } from './log-writer.ts';
import { storeFailure, withNamedFailure } from './store-failure.ts';

/** Writes on the thread that appends, and holds it up while the disk does its work. */
export class InlineWriter implements LogWriter {
  readonly #database: Database.Database;
  readonly #options: LogWriterOptions;
  readonly #writer: EventWriter;
  readonly #queue: AppendQueue;
  #importer: EventImporter | null = null;

  constructor(database: Database.Database, options: LogWriterOptions) {
    this.#database = database;
    this.#options = options;
    this.#writer = new EventWriter(database);
    this.#queue = new AppendQueue({
      write: (group) => {
        const outcomes = this.#writer.write(group, options.clock());
        options.onWritten();
        return outcomes;
      },
      failure: (error) => storeFailure(options.file, error),
      maxQueuedEvents: options.maxQueuedEvents,
    });
  }

  append(append: PreparedAppend): Promise<AppendResult> {
    return this.#queue.add(append);
  }

  async importEvents(events: readonly RecordedEvent[]): Promise<void> {
    this.#queue.flush();
    try {
      withNamedFailure(this.#options.file, () => {
        this.#importer ??= new EventImporter(this.#database);
        this.#importer.import(events);
      });
    } finally {
      this.#writer.forget();
    }
    this.#options.onWritten();
  }

  async close(): Promise<void> {
    this.#queue.flush();
    this.#database.close();
  }
}
