import type { Client } from 'pg';
import { closed, connectForWriting, disconnect, type Server } from './connecting.ts';
import type { LogState, NewRows } from './log-rows.ts';
import { readLogState } from './log-state.ts';
import type { PreparedAppend } from '@provisie/event-store/adapting';
import { lockForAppending } from './schema.ts';
import { writeRows } from './write-rows.ts';

/** Wakes those who follow the log; what it carries means nothing. */
export const CHANNEL = 'provisie_events';

/** The connection broke between asking for the commit and hearing of it. */
export class UnknownEnd extends Error {
  override readonly name = 'UnknownEnd';
}

type Named = readonly Pick<PreparedAppend, 'stream' | 'events'>[];

/** The one connection of this process that writes to the log. */
export class LogTransactions {
  readonly #server: Server;
  #client: Client | null = null;
  /** Ends with the last transaction that was asked for: they share one connection. */
  #turn: Promise<void> = Promise.resolve();

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Two round trips: one that takes the log's lock and reads, then `decide`, then one that writes and commits.
   * Durable when it resolves; otherwise nothing was written, or `UnknownEnd`. A transaction whose end is
   * unknown keeps the lock until it has ended, so the next one sees what became of it.
   */
  run<Decision extends NewRows>(
    named: Named,
    decide: (state: LogState) => Decision,
  ): Promise<Decision> {
    const done = this.#turn.then(() => this.#run(named, decide));
    this.#turn = done.then(noop, noop);
    return done;
  }

  async #run<Decision extends NewRows>(
    named: Named,
    decide: (state: LogState) => Decision,
  ): Promise<Decision> {
    const client = await this.#connected();
    try {
      const decision = decide(await begin(client, named));
      await writeAndCommit(client, decision);
      return decision;
    } catch (error) {
      // The server ends the transaction of a connection that is gone.
      this.#drop(client);
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client !== null) await closed(client.end());
  }

  async #connected(): Promise<Client> {
    this.#client ??= await this.#opened();
    return this.#client;
  }

  async #opened(): Promise<Client> {
    const client = await connectForWriting(this.#server);
    client.once('end', () => this.#drop(client));
    return client;
  }

  #drop(client: Client): void {
    if (this.#client === client) this.#client = null;
    disconnect(client);
  }
}

async function begin(client: Client, named: Named): Promise<LogState> {
  // Each statement sees what was committed before it began: those after the lock see all appends.
  const [, , state] = await allOrFirstFailure([
    client.query('BEGIN ISOLATION LEVEL READ COMMITTED'),
    client.query(lockForAppending),
    readLogState(client, named),
  ]);
  return state;
}

async function writeAndCommit(client: Client, rows: NewRows): Promise<void> {
  const isWriting = rows.events.length > 0;
  const sent = writeRows(client, rows);
  if (isWriting) sent.push(client.query(`SELECT pg_notify('${CHANNEL}', '')`));
  const commit = client.query('COMMIT');
  const [written, committed] = await Promise.all([
    Promise.allSettled(sent),
    commit.then(
      ({ command }) => ({ command }),
      (cause: unknown) => ({ cause }),
    ),
  ]);
  const failed = written.find((result) => result.status === 'rejected');
  if ('command' in committed) {
    if (committed.command === 'COMMIT') return;
    throw failed?.reason ?? new Error('the server took the transaction back');
  }
  if (!isWriting) throw committed.cause;
  throw new UnknownEnd('The connection broke before the commit was confirmed.', committed);
}

/** Waits for all, so that no failure goes unheard; the first tells what happened, those after it follow from it. */
async function allOrFirstFailure<const Work extends readonly Promise<unknown>[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function noop(): void {}
