import messages from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { WriteOutcome } from './server-log.ts';
import type { ServerRecord } from './server-record.ts';

const { AppendResp, ReadResp } = messages;

export function eventResponse(record: ServerRecord): messages.ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(record.id));
  recorded.setStreamIdentifier(identifier(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.position));
  recorded.setPreparePosition(String(record.position));
  recorded.getMetadataMap().set('type', record.type);
  recorded.getMetadataMap().set('content-type', record.contentType);
  recorded.getMetadataMap().set('created', String(record.createdTicks));
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  const event = new ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  const response = new ReadResp();
  response.setEvent(event);
  return response;
}

export function notFoundResponse(stream: string): messages.ReadResp {
  const notFound = new ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifier(stream));
  const response = new ReadResp();
  response.setStreamNotFound(notFound);
  return response;
}

export function confirmationResponse(): messages.ReadResp {
  const confirmation = new ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(crypto.randomUUID());
  const response = new ReadResp();
  response.setConfirmation(confirmation);
  return response;
}

export function checkpointResponse(position: number): messages.ReadResp {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition(String(position));
  const response = new ReadResp();
  response.setCheckpoint(checkpoint);
  return response;
}

export function caughtUpResponse(): messages.ReadResp {
  const response = new ReadResp();
  response.setCaughtUp(new ReadResp.CaughtUp());
  return response;
}

/** Of a plain append that was written or met another revision. */
export function appendResponse(
  outcome: Extract<WriteOutcome, { readonly kind: 'written' | 'wrong_revision' }>,
): messages.AppendResp {
  const response = new AppendResp();
  if (outcome.kind === 'written') response.setSuccess(successOf(outcome));
  else response.setWrongExpectedVersion(wrongRevisionOf(outcome.current));
  return response;
}

function successOf(
  outcome: Extract<WriteOutcome, { readonly kind: 'written' }>,
): messages.AppendResp.Success {
  const success = new AppendResp.Success();
  if (outcome.revision === null) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (outcome.position === null || outcome.prepare === null) {
    success.setNoPosition(new shared.Empty());
    return success;
  }
  const position = new AppendResp.Position();
  position.setCommitPosition(String(outcome.position));
  position.setPreparePosition(String(outcome.prepare));
  success.setPosition(position);
  return success;
}

function wrongRevisionOf(current: number | null): messages.AppendResp.WrongExpectedVersion {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  wrong.setExpectedAny(new shared.Empty());
  return wrong;
}

export function uuid(id: string): shared.UUID {
  const made = new shared.UUID();
  made.setString(id);
  return made;
}

export function identifier(stream: string): shared.StreamIdentifier {
  const made = new shared.StreamIdentifier();
  made.setStreamName(Buffer.from(stream, 'utf8'));
  return made;
}
