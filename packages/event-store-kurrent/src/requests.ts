import shared from '@eventstore/db-client/generated/shared_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerEvent } from './envelope.ts';

const { AppendReq, ReadReq } = messages;

/** A stream's last revision; null: the stream must not exist. */
export type ServerRevision = number | null;

const readAll = String(Number.MAX_SAFE_INTEGER);
/** Of a filtered subscription: it only says how far the server is, which we ask for ourselves. */
const CHECKPOINT_INTERVAL = 1000;

export function appendRequests(
  stream: string,
  expected: ServerRevision,
  events: readonly ServerEvent[],
): messages.AppendReq[] {
  const options = new AppendReq.Options();
  options.setStreamIdentifier(identifierOf(stream));
  if (expected === null) options.setNoStream(new shared.Empty());
  else options.setRevision(String(expected));
  const header = new AppendReq();
  header.setOptions(options);
  return [header, ...events.map(proposal)];
}

function proposal({ id, type, data, metadata }: ServerEvent): messages.AppendReq {
  const message = new AppendReq.ProposedMessage();
  const uuid = new shared.UUID();
  uuid.setString(id);
  message.setId(uuid);
  message.getMetadataMap().set('type', type);
  message.getMetadataMap().set('content-type', 'application/json');
  message.setData(Buffer.from(data, 'utf8'));
  message.setCustomMetadata(Buffer.from(metadata, 'utf8'));
  const request = new AppendReq();
  request.setProposedMessage(message);
  return request;
}

export interface StreamRange {
  /** From the end: backward. */
  readonly from: number | 'end';
  readonly count?: number;
}

export function streamRequest(stream: string, { from, count }: StreamRange): messages.ReadReq {
  const of = new ReadReq.Options.StreamOptions();
  of.setStreamIdentifier(identifierOf(stream));
  if (from === 'end') of.setEnd(new shared.Empty());
  else of.setRevision(String(from));
  const options = readOptions(from === 'end', count);
  options.setStream(of);
  options.setNoFilter(new shared.Empty());
  return requestOf(options);
}

export interface LogRange {
  /** A position is included; from the end, or `before`: backward. */
  readonly from: 'start' | 'end' | { readonly at: number } | { readonly before: number };
  /** A regular expression that the name of the stream must match. */
  readonly pattern: string;
  readonly count?: number;
}

export function logRequest({ from, pattern, count }: LogRange): messages.ReadReq {
  const isBackward = from === 'end' || (typeof from === 'object' && 'before' in from);
  const options = readOptions(isBackward, count);
  options.setAll(allOptions(from));
  options.setFilter(filterOf(pattern));
  return requestOf(options);
}

/** To what comes after the end of the log: no position has to be there for it. */
export function subscriptionRequest(pattern: string): messages.ReadReq {
  const options = readOptions(false, undefined);
  options.setSubscription(new ReadReq.Options.SubscriptionOptions());
  options.setAll(allOptions('end'));
  options.setFilter(filterOf(pattern));
  return requestOf(options);
}

function readOptions(isBackward: boolean, count: number | undefined): messages.ReadReq.Options {
  const { FORWARDS, BACKWARDS } = ReadReq.Options.ReadDirection;
  const uuid = new ReadReq.Options.UUIDOption();
  uuid.setString(new shared.Empty());
  const options = new ReadReq.Options();
  options.setUuidOption(uuid);
  options.setResolveLinks(false);
  options.setReadDirection(isBackward ? BACKWARDS : FORWARDS);
  options.setCount(count === undefined ? readAll : String(count));
  return options;
}

function allOptions(from: LogRange['from']): messages.ReadReq.Options.AllOptions {
  const all = new ReadReq.Options.AllOptions();
  if (from === 'start') all.setStart(new shared.Empty());
  else if (from === 'end') all.setEnd(new shared.Empty());
  else {
    const position = new ReadReq.Options.Position();
    const number = String('at' in from ? from.at : from.before);
    position.setCommitPosition(number);
    position.setPreparePosition(number);
    all.setPosition(position);
  }
  return all;
}

function filterOf(pattern: string): messages.ReadReq.Options.FilterOptions {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  expression.setRegex(pattern);
  const filter = new ReadReq.Options.FilterOptions();
  filter.setStreamIdentifier(expression);
  filter.setCount(new shared.Empty());
  filter.setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
  return filter;
}

function requestOf(options: messages.ReadReq.Options): messages.ReadReq {
  const request = new ReadReq();
  request.setOptions(options);
  return request;
}

function identifierOf(stream: string): shared.StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
}
