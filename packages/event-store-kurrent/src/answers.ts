import type messages from '@eventstore/db-client/generated/streams_pb.js';
import { TookTooLong } from './failure.ts';
import { within } from './patience.ts';
import type { ServerConnection } from './server-connection.ts';

export type Recorded = messages.ReadResp.ReadEvent.RecordedEvent;

/**
 * The answers to a read, as fast as they are taken. Throws the error of the call, or `TookTooLong` when the
 * server is silent for longer than `silenceMilliseconds` while an answer is waited for. An abort of the
 * signal cancels the call.
 */
export async function* answersTo(
  connection: ServerConnection,
  request: messages.ReadReq,
  silenceMilliseconds: number,
  signal?: AbortSignal,
): AsyncGenerator<messages.ReadResp> {
  const call = await within(silenceMilliseconds, connection.read(request));
  // Cancelling makes it fail once more, after nobody listens.
  call.on('error', () => {});
  const cancel = () => call.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  let waitingSince = Date.now();
  let isSilent = false;
  // One timer for all answers: one for each would take longer than reading it.
  const watch = setInterval(() => {
    isSilent = Date.now() - waitingSince > silenceMilliseconds;
    if (isSilent) cancel();
  }, silenceMilliseconds / 4);
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
