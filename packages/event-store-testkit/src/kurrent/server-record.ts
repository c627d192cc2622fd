/** An event in the server's log. */
export interface ServerRecord {
  /** Where it stands in the log, as bytes would be counted; commit and prepare position are the same. */
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** 100 nanoseconds each, since 1970. */
  readonly createdTicks: bigint;
}
