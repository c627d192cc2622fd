/** `repeated`: it was in the log already. `overloaded`: so many wait that it was not tried. */
export type RecordOutcome =
  | { readonly recorded: true; readonly repeated: boolean }
  | {
      readonly recorded: false;
      readonly reason: 'overloaded' | 'timed_out' | 'store_failed' | 'refused';
    };
