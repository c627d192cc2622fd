import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  Metadata,
} from '@grpc/grpc-js';
import type streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type messages from '@eventstore/db-client/generated/streams_pb.js';
import {
  batchExpectation,
  batchResponse,
  plainExpectation,
  proposedEvent,
  streamIn,
} from './append-calls.ts';
import type { IncomingAppend } from './append-calls.ts';
import type { Calls } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import { readRequestOf } from './read-request.ts';
import { responsesTo } from './reading.ts';
import { appendResponse } from './responses.ts';
import { serverErrors } from './server-errors.ts';
import type { Address, ServerError } from './server-errors.ts';
import type { ProposedEvent, ServerLog, WriteOutcome } from './server-log.ts';

export interface Node {
  readonly log: ServerLog;
  readonly faults: Faults;
  readonly calls: Calls;
  /** Null when this node leads. */
  readonly leader: () => Address | null;
  readonly breakConnections: () => void;
  /** The header that is asked for; null when anybody may call. */
  readonly authorization: string | null;
}

type Handlers = streamServices.IStreamsServer;

export function streamHandlers(node: Node): Handlers {
  return {
    append: plainAppend(node),
    batchAppend: batchAppend(node),
    read: read(node),
    delete: (_call, callback) => callback(serverErrors.accessDenied()),
    tombstone: (_call, callback) => callback(serverErrors.accessDenied()),
  };
}

function refusal(node: Node, metadata: Metadata): ServerError | null {
  if (node.authorization !== null) {
    const [given] = metadata.get('authorization');
    if (given === undefined) return serverErrors.accessDenied();
    if (given !== node.authorization) return serverErrors.unauthenticated();
  }
  const leader = node.leader();
  const mustLead = metadata.get('requires-leader').includes('true');
  return mustLead && leader !== null ? serverErrors.notLeader(leader) : null;
}

function plainAppend(
  node: Node,
): handleClientStreamingCall<messages.AppendReq, messages.AppendResp> {
  return (call, callback) => {
    node.calls.count('append');
    const abort = node.calls.begin();
    const answer: typeof callback = (...given) => {
      node.calls.end(abort);
      callback(...given);
    };
    let options: messages.AppendReq.Options | undefined;
    const events: ProposedEvent[] = [];
    call.on('data', (request: messages.AppendReq) => {
      options = request.getOptions() ?? options;
      const proposed = request.getProposedMessage();
      if (proposed !== undefined) events.push(proposedEvent(proposed));
    });
    call.on('cancelled', () => node.calls.end(abort));
    call.on('error', () => node.calls.end(abort));
    const finish = () => {
      const refused = refusal(node, call.metadata);
      if (refused !== null) return answer(refused);
      if (options === undefined) return answer(serverErrors.unavailable());
      const append = { stream: streamIn(options), expected: plainExpectation(options), events };
      settle(node, append, (outcome) => {
        switch (outcome.kind) {
          case 'written':
          case 'wrong_revision':
            return answer(null, appendResponse(outcome));
          case 'deleted':
            return answer(serverErrors.deleted(append.stream));
          case 'too_large':
            return answer(serverErrors.tooLarge(outcome.limit));
          case 'failed':
            return answer(outcome.error);
        }
      });
    };
    // What a caller gave up on may have come in by half; that shows a moment later.
    call.on('end', () => setImmediate(() => (call.cancelled ? undefined : finish())));
  };
}

type Settled = WriteOutcome | { readonly kind: 'failed'; readonly error: ServerError };

/** Writes, unless a fault has it otherwise; an answer may never come. */
function settle(node: Node, append: IncomingAppend, answer: (outcome: Settled) => void): void {
  const write = () => node.log.write(append.stream, append.events, append.expected);
  const fault = node.faults.take('append');
  switch (fault?.kind) {
    case undefined:
    case 'fail_midway':
    case 'silent_midway':
      return answer(write());
    case 'fail':
      return answer({ kind: 'failed', error: fault.error() });
    case 'silent':
      return;
    case 'lose_answer':
      write();
      return;
    case 'fail_after':
      write();
      return answer({ kind: 'failed', error: fault.error() });
    case 'break_after':
      write();
      return node.breakConnections();
    case 'held':
      void fault.until.then(() => answer(write()));
  }
}

function batchAppend(
  node: Node,
): handleBidiStreamingCall<messages.BatchAppendReq, messages.BatchAppendResp> {
  return (call) => {
    node.calls.count('batch_append');
    const abort = node.calls.begin();
    const open = new Map<
      string,
      { options?: messages.BatchAppendReq.Options; events: ProposedEvent[] }
    >();
    call.on('data', (request: messages.BatchAppendReq) => {
      const refused = refusal(node, call.metadata);
      if (refused !== null) return void call.emit('error', asError(refused));
      const correlationId = request.getCorrelationId();
      const key = correlationId?.getString() ?? '';
      const append = open.get(key) ?? { events: [] };
      open.set(key, append);
      const options = request.getOptions();
      if (options !== undefined) append.options = options;
      append.events.push(...request.getProposedMessagesList().map(proposedEvent));
      if (!request.getIsFinal() || append.options === undefined) return;
      open.delete(key);
      const stream = streamIn(append.options);
      const expected = batchExpectation(append.options);
      settle(node, { stream, expected, events: append.events }, (outcome) => {
        if (outcome.kind === 'failed') call.emit('error', asError(outcome.error));
        else call.write(batchResponse(correlationId, stream, outcome));
      });
    });
    call.on('end', () => {
      node.calls.end(abort);
      call.end();
    });
    call.on('cancelled', () => node.calls.end(abort));
    call.on('error', () => node.calls.end(abort));
  };
}

function read(node: Node): handleServerStreamingCall<messages.ReadReq, messages.ReadResp> {
  return (call) => {
    const abort = node.calls.begin();
    call.on('cancelled', () => abort.abort());
    call.on('error', () => abort.abort());
    void answerRead(node, call, abort)
      .catch((error: unknown) => call.emit('error', asError(error)))
      .finally(() => node.calls.end(abort));
  };
}

type ReadCall = Parameters<handleServerStreamingCall<messages.ReadReq, messages.ReadResp>>[0];

async function answerRead(node: Node, call: ReadCall, abort: AbortController): Promise<void> {
  const refused = refusal(node, call.metadata);
  if (refused !== null) throw asError(refused);
  const options = call.request.getOptions();
  if (options === undefined) throw asError(serverErrors.unavailable());
  const request = readRequestOf(options);
  const kind = request.count === null ? 'subscribe' : 'read';
  node.calls.count(kind);
  const fault = node.faults.take(kind);
  if (fault?.kind === 'fail') throw asError(fault.error());
  if (fault?.kind === 'silent') return forever(abort.signal);
  let sent = 0;
  for await (const response of responsesTo(node.log, request, abort.signal)) {
    if (abort.signal.aborted) break;
    if (await isInterrupted(fault, sent, abort.signal)) return;
    await written(call, response, abort.signal);
    node.calls.count('sent');
    sent += 1;
    if (response.hasConfirmation()) node.calls.confirmed(abort);
  }
  if (abort.signal.aborted) throw asError(abort.signal.reason);
  call.end();
}

async function isInterrupted(
  fault: Fault | null,
  sent: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (fault?.kind === 'fail_midway' && sent >= fault.after) throw asError(fault.error());
  if (fault?.kind !== 'silent_midway' || sent < fault.after) return false;
  await forever(signal);
  return true;
}

/** As slowly as the client takes it. */
function written(call: ReadCall, response: messages.ReadResp, signal: AbortSignal): Promise<void> {
  if (call.write(response)) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      call.removeListener('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    call.once('drain', go);
    signal.addEventListener('abort', go, { once: true });
  });
}

function forever(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function asError(error: unknown): Error {
  return Object.assign(new Error('the call failed'), error);
}
