import type { EventStore } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import type { ReadModel } from '@provisie/read-model';
import type { Random } from '../machinery/random.ts';
import type { Caller } from './caller.ts';
import type { ReadModelDisk } from './read-model-disk.ts';
import type { SpoolDisk } from './spool-disk.ts';
import type { StoreServer } from './store-server.ts';

export type Part = 'tracker' | 'api' | 'projector';

/** What a process runs, and what it finds outside itself. */
export interface ServiceOptions {
  readonly caller: Caller;
  readonly parts: readonly Part[];
  readonly server: StoreServer;
  readonly disk: ReadModelDisk;
  /** Null: its tracker writes to the log itself. */
  readonly spoolDisk: SpoolDisk | null;
  readonly vault: Vault;
  readonly random: Random;
  /** Its own clock. */
  readonly now: () => number;
  readonly approvalsRequired: 1 | 2;
  /** What went wrong and is gone on from. */
  readonly onError: (error: unknown) => void;
}

/** A process of the system, composed of the real parts as the services compose them. */
export interface Service {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly caller: Caller;
  /** Of an API. */
  readonly readModel: ReadModel | null;
  request(path: string, init: RequestInit): Promise<Response>;
  /** What its spool holds back, and what the log refused for good. */
  spooled(): { readonly events: number; readonly setAside: number };
  /** Ends it as a kill does: nothing is finished, and nothing it still does reaches anything. */
  kill(): void;
  /** Gives back what the operating system would. Once everything stands still. */
  buried(): Promise<void>;
}

/** What the parts of a process are made with. */
export interface Context extends ServiceOptions {
  readonly store: EventStore;
  readonly ids: () => string;
  readonly signal: AbortSignal;
  /** To be released when the process has ended. */
  readonly opened: AsyncDisposableStack;
}

export type App = (path: string, init: RequestInit) => Promise<Response>;
