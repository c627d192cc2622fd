/** What the tracker reads of a request. */
export interface TrackerRequest extends Pick<Request, 'method' | 'url' | 'body'> {
  readonly headers: RequestHeaders;
  arrayBuffer(): Promise<ArrayBuffer | Uint8Array>;
}

export type RequestHeaders = Pick<Headers, 'get'>;

/** As much of a context of Hono's as clicks and beacons need, so that a request which Hono never sees has it too. */
export interface TrackerContext {
  readonly req: { readonly raw: TrackerRequest };
  /** What the platform gives along. */
  readonly env: unknown;
}

/** An answer without a body, which nearly all are. Headers that are set one by one would cost more than all else of it. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type Answer = PlainAnswer | Response;

export function asResponse(answer: Answer): Response {
  return answer instanceof Response ? answer : new Response(null, answer);
}
