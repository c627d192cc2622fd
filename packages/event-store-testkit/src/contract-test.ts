import type { EventStore } from '@provisie/event-store';

/** A fresh, empty store for one test. */
export interface OpenedForTest {
  readonly store: EventStore;
  /** Another connection to the same log, while `store` stays open: for reading, if there can be one writer only. */
  readonly reopen?: () => Promise<EventStore>;
  readonly cleanUp: () => Promise<void>;
}

export interface ContractTest {
  readonly name: string;
  readonly run: (opened: OpenedForTest) => Promise<void>;
}

export interface ContractSection {
  readonly title: string;
  readonly tests: readonly ContractTest[];
}
