import messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerRecord } from './server-record.ts';

type Options = messages.ReadReq.Options;
type FilterOptions = messages.ReadReq.Options.FilterOptions;

export type From = 'start' | 'end' | number;

/** A read or subscription as the client asked for it. */
export interface ReadRequest {
  /** Null: the whole log. */
  readonly stream: string | null;
  readonly from: From;
  readonly isBackward: boolean;
  /** Null: a subscription. */
  readonly count: number | null;
  readonly passes: (record: ServerRecord) => boolean;
  readonly isFiltered: boolean;
  /** Records that a filtered subscription looks at before it says how far it is. */
  readonly checkpointInterval: number;
}

const SERVER_SEARCH_WINDOW = 32;

export function readRequestOf(options: Options): ReadRequest {
  const filter = options.getFilter();
  const window = filter?.hasMax() === true ? filter.getMax() : SERVER_SEARCH_WINDOW;
  return {
    stream: streamOf(options),
    from: fromOf(options),
    isBackward: options.getReadDirection() === messages.ReadReq.Options.ReadDirection.BACKWARDS,
    count: options.hasSubscription() ? null : Number(options.getCount()),
    passes: passesOf(filter),
    isFiltered: filter !== undefined,
    checkpointInterval: window * (filter?.getCheckpointintervalmultiplier() ?? 1),
  };
}

function streamOf(options: Options): string | null {
  const identifier = options.getStream()?.getStreamIdentifier();
  return identifier === undefined
    ? null
    : Buffer.from(identifier.getStreamName_asU8()).toString('utf8');
}

function fromOf(options: Options): From {
  const stream = options.getStream();
  if (stream !== undefined) {
    if (stream.hasStart()) return 'start';
    return stream.hasEnd() ? 'end' : Number(stream.getRevision());
  }
  const all = options.getAll();
  const position = all?.getPosition();
  if (position !== undefined) return Number(position.getCommitPosition());
  return all?.hasEnd() === true ? 'end' : 'start';
}

function passesOf(filter: FilterOptions | undefined): (record: ServerRecord) => boolean {
  if (filter === undefined) return () => true;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier();
  const subject = (record: ServerRecord) => (byType === undefined ? record.stream : record.type);
  const regex = expression?.getRegex() ?? '';
  if (regex !== '') {
    const pattern = new RegExp(regex, 'u');
    return (record) => pattern.test(subject(record));
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (record) => prefixes.some((prefix) => subject(record).startsWith(prefix));
}
