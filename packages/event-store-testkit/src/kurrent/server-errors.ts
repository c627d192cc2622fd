import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

/** What the server answers a call with when it fails, in the words and codes of the real one. */
export type ServerError = ServiceError;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export const serverErrors = {
  unavailable: () => serverError(status.UNAVAILABLE, 'Server Is Not Ready'),
  busy: () => serverError(status.UNAVAILABLE, 'Server Is Too Busy'),
  timeout: () => serverError(status.ABORTED, 'Operation timed out'),
  cancelled: () => serverError(status.CANCELLED, 'Call canceled by the server'),
  noLeader: () => serverError(status.UNKNOWN, 'No leader info available in response'),
  unauthenticated: () => serverError(status.UNAUTHENTICATED, 'Bad credentials'),
  invalidPosition: () => serverError(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition'),
  accessDenied: () =>
    serverError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  notLeader: ({ host, port }: Address) =>
    serverError(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
  tooLarge: (limit: number) =>
    serverError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  deleted: (stream: string) =>
    serverError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': encodeURIComponent(stream),
    }),
} as const;

function serverError(
  code: status,
  details: string,
  entries: Readonly<Record<string, string>> = {},
): ServerError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
