import messages from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import codes from '@eventstore/db-client/generated/code_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import type { ExpectedByServer, ProposedEvent, WriteOutcome } from './server-log.ts';
import { identifier } from './responses.ts';

/** An append as it came in by either call. */
export interface IncomingAppend {
  readonly stream: string;
  readonly expected: ExpectedByServer;
  readonly events: readonly ProposedEvent[];
}

type Proposed = messages.AppendReq.ProposedMessage | messages.BatchAppendReq.ProposedMessage;

export function proposedEvent(message: Proposed): ProposedEvent {
  const entries = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: entries.get('type') ?? '',
    contentType: entries.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function streamIn(options: {
  getStreamIdentifier(): shared.StreamIdentifier | undefined;
}): string {
  return Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
}

export function plainExpectation(options: messages.AppendReq.Options): ExpectedByServer {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasRevision() ? Number(options.getRevision()) : 'any';
}

export function batchExpectation(options: messages.BatchAppendReq.Options): ExpectedByServer {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasStreamPosition() ? Number(options.getStreamPosition()) : 'any';
}

/** The answer within a batch, where failures are no errors of the call. */
export function batchResponse(
  correlationId: shared.UUID | undefined,
  stream: string,
  outcome: WriteOutcome,
): messages.BatchAppendResp {
  const response = new messages.BatchAppendResp();
  if (correlationId !== undefined) response.setCorrelationId(correlationId);
  response.setStreamIdentifier(identifier(stream));
  if (outcome.kind !== 'written') {
    response.setError(batchError(outcome));
    return response;
  }
  const success = new messages.BatchAppendResp.Success();
  success.setCurrentRevision(String(outcome.revision ?? 0));
  if (outcome.position !== null) {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.prepare ?? outcome.position));
    success.setPosition(position);
  }
  response.setSuccess(success);
  return response;
}

function batchError(outcome: Exclude<WriteOutcome, { readonly kind: 'written' }>): statuses.Status {
  const error = new statuses.Status();
  const packed = new any.Any();
  switch (outcome.kind) {
    case 'wrong_revision': {
      const wrong = new shared.WrongExpectedVersion();
      if (outcome.current === null) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentStreamRevision(String(outcome.current));
      packed.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
      break;
    }
    case 'deleted':
      packed.pack(new shared.StreamDeleted().serializeBinary(), 'event_store.client.StreamDeleted');
      break;
    case 'too_large': {
      const large = new shared.MaximumAppendSizeExceeded();
      large.setMaxappendsize(outcome.limit);
      packed.pack(large.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
      break;
    }
  }
  error.setCode(codes.Code.FAILED_PRECONDITION);
  error.setMessage(outcome.kind);
  error.setDetails(packed);
  return error;
}
