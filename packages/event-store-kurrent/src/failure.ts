import { EventStoreError } from '@provisie/event-store';

export type FailureKind =
  'unreachable' | 'not_leader' | 'timed_out' | 'denied' | 'too_large' | 'deleted' | 'refused';

/** What went wrong in a call, told by code and by class: not every failure has a class of its own. */
export interface Failure {
  readonly kind: FailureKind;
  /** Passes by itself: worth another attempt. */
  readonly isPassing: boolean;
  /** For messages: a code, never the words of the server. */
  readonly sign: string;
}

const statusNames = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

const kindOfStatus: Readonly<Partial<Record<(typeof statusNames)[number], FailureKind>>> = {
  CANCELLED: 'unreachable',
  UNAVAILABLE: 'unreachable',
  INTERNAL: 'unreachable',
  RESOURCE_EXHAUSTED: 'unreachable',
  DEADLINE_EXCEEDED: 'timed_out',
  ABORTED: 'timed_out',
  PERMISSION_DENIED: 'denied',
  UNAUTHENTICATED: 'denied',
};

/** What the server says in the `exception` entry, and the client in the `type` of its errors. */
const kindOfException: Readonly<Record<string, FailureKind>> = {
  'not-leader': 'not_leader',
  'access-denied': 'denied',
  'maximum-append-size-exceeded': 'too_large',
  'stream-deleted': 'deleted',
  unavailable: 'unreachable',
  cancelled: 'unreachable',
  timeout: 'timed_out',
  'deadline-exceeded': 'timed_out',
};

const passing: ReadonlySet<FailureKind> = new Set(['unreachable', 'not_leader', 'timed_out']);

/** Raised by ourselves when the server took longer than it may. */
export class TookTooLong extends Error {}

export function failureOf(error: unknown): Failure {
  const code = numberAt(error, 'code');
  const name = code === null ? undefined : statusNames[code];
  const exception = exceptionOf(error);
  const kind = kindOf(error, name, exception);
  return { kind, isPassing: passing.has(kind), sign: exception ?? name ?? kind };
}

/** No record begins where it was to be read, or the log ends before. */
export function isNoPosition(error: unknown): boolean {
  return textAt(error, 'details').includes('InvalidPosition');
}

function kindOf(
  error: unknown,
  name: (typeof statusNames)[number] | undefined,
  exception: string | null,
): FailureKind {
  if (error instanceof TookTooLong) return 'timed_out';
  if (error instanceof EventStoreError || error instanceof TypeError) return 'refused';
  const said = exception === null ? undefined : kindOfException[exception];
  if (said !== undefined) return said;
  // While a cluster elects, no node can say who leads.
  if (name === 'UNKNOWN' && textAt(error, 'details').includes('No leader info'))
    return 'not_leader';
  if (name !== undefined) return kindOfStatus[name] ?? 'refused';
  // Discovery that found nobody, a channel that was shut meanwhile: errors without a code.
  return 'unreachable';
}

/** The error for a caller: a code of ours and words for a person; nothing of the client's error. */
export function storeErrorOf(error: unknown, server: string, doing: string): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const { kind, sign } = failureOf(error);
  const say = (code: 'store_unavailable' | 'store_corrupt' | 'append_too_large', text: string) =>
    new EventStoreError(code, `${text} (${doing}, ${server}, ${sign}).`);
  switch (kind) {
    case 'unreachable':
      return say('store_unavailable', "The event store server can't be reached");
    case 'not_leader':
      return say('store_unavailable', "The event store's cluster has no leader that answers");
    case 'timed_out':
      return say('store_unavailable', 'The event store server took too long');
    case 'denied':
      return say(
        'store_unavailable',
        'The event store server denies access: check the user and password of the connection string, and that the user may read $all',
      );
    case 'too_large':
      return say(
        'append_too_large',
        'The append is larger than the event store server takes: write fewer events at once or raise its MaxAppendSize',
      );
    case 'deleted':
      return say(
        'store_corrupt',
        'The stream was deleted on the event store server for good, so its events are lost',
      );
    case 'refused':
      return say('store_unavailable', 'The event store server refused');
  }
}

function exceptionOf(error: unknown): string | null {
  const metadata = propertyOf(error, 'metadata');
  const map: unknown = callOf(metadata, 'getMap');
  const said = textAt(map, 'exception');
  if (said !== '') return said;
  const type = textAt(error, 'type');
  return type === '' ? null : type;
}

function callOf(target: unknown, method: string): unknown {
  const found = propertyOf(target, method);
  return typeof found === 'function' ? Reflect.apply(found, target, []) : undefined;
}

function numberAt(target: unknown, key: string): number | null {
  const value = propertyOf(target, key);
  return typeof value === 'number' ? value : null;
}

function textAt(target: unknown, key: string): string {
  const value = propertyOf(target, key);
  return typeof value === 'string' ? value : '';
}

function propertyOf(target: unknown, key: string): unknown {
  return typeof target === 'object' && target !== null ? Reflect.get(target, key) : undefined;
}
