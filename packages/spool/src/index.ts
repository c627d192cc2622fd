/** A durable queue on the local disk for events that go to a remote store. */
export * from './forwarder.ts';
export type * from './outbox.ts';
export * from './spool.ts';
