import type messages from '@eventstore/db-client/generated/streams_pb.js';
import { TookTooLong } from './failure.ts';
import { within } from './patience.ts';
import type { ServerConnection } from './server-connection.ts';

export type Recorded = messages.ReadResp.ReadEvent.RecordedEvent;

/**
 * The answers to a read, as fast as they are taken. Throws the error of the call, or `TookTooLong` when the
 * server is silent for longer than `silenceMs` while an answer is waited for. An abort of the
 * signal cancels the call.
 */
export async function* answersTo(
  connection: ServerConnection,
  request: messages.ReadReq,
  silenceMs: number,
  signal?: AbortSignal,
): AsyncGenerator<messages.ReadResp> {
  const call = await opened(connection, request, silenceMs);
  const cancel = () => call.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  let waitingSince = Date.now();
  let isSilent = false;
  // One timer for all answers: one for each would take longer than reading it.
  const watch = setInterval(() => {
    isSilent = Date.now() - waitingSince > silenceMs;
    if (isSilent) cancel();
  }, silenceMs / 4);
  try {
    for await (const answer of answersIn(call)) {
      waitingSince = Infinity;
      yield answer;
      waitingSince = Date.now();
    }
  } catch (error) {
    throw isSilent ? new TookTooLong() : error;
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

export type ReadCall = Awaited<ReturnType<ServerConnection['read']>>;

/** One that comes too late is ended when it comes. Rejects with the error of the call, or `TookTooLong`. */
export async function opened(
  connection: ServerConnection,
  request: messages.ReadReq,
  milliseconds: number,
): Promise<ReadCall> {
  const opening = connection.read(request);
  try {
    const call = await within(milliseconds, opening);
    // Cancelling makes it fail once more, after nobody listens.
    call.on('error', () => {});
    return call;
  } catch (error) {
    void opening.then((call) => call.on('error', () => {}).cancel()).catch(() => {});
    throw error;
  }
}

function answersIn(call: AsyncIterable<messages.ReadResp>): AsyncIterable<messages.ReadResp> {
  return call;
}

/** The events alone. */
export async function* recordedIn(
  answers: AsyncIterable<messages.ReadResp>,
): AsyncGenerator<Recorded> {
  for await (const answer of answers) {
    const recorded = answer.getEvent()?.getEvent();
    if (recorded !== undefined) yield recorded;
  }
}
