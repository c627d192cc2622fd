import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { UsageError } from '@provisie/process';
import { answerRefusal, isNobodyThere, unreachable } from './refusal.ts';

/**
 * The API of a running server, called with one access key. Not `@provisie/client`: bank files and archives go as streams and
 * bytes here, answers are checked against what the commands read of them, and a person is told what is tried again.
 */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer>;
  /** `once`: an Idempotency-Key; however often it is sent, it is done once. */
  post<Answer>(
    path: string,
    body: object,
    schema: z.ZodType<Answer>,
    once?: string,
  ): Promise<Answer>;
  postFile<Answer>(
    path: string,
    file: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
    schema: z.ZodType<Answer>,
  ): Promise<Answer>;
  /** What the server streams; breaks off with an error, never silently. */
  download(path: string): Promise<AsyncIterable<Uint8Array>>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly accessKey: string;
  /** Told why something is tried again. */
  readonly say: (line: string) => void;
}

interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;
const PRINTABLE = /^[!-~]+$/;

/** Every request is one that may safely be sent again, so what fails on the way is. */
export function connectionTo({ url, accessKey, say }: ConnectionOptions): Connection {
  if (!PRINTABLE.test(accessKey)) {
    throw new UsageError('PROVISIE_ACCESS_KEY holds characters that no access key has.');
  }
  let reached = false;

  const send = async (request: ApiRequest): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await sendOnce(url, accessKey, request);
      // Servers in the same process may have put a class of their own in the place of `Response`.
      if (!(outcome instanceof Error)) {
        reached = true;
        if (outcome.ok) return outcome;
        const refusal = await answerRefusal(`${url}${request.path}`, outcome);
        if (!refusal.mayPass || attempt === ATTEMPTS) throw refusal;
        say(`${refusal.message} Trying again.`);
        await setTimeout(refusal.retryAfterMs ?? pauseMs(attempt));
        continue;
      }
      // Nobody was ever there: waiting is for a server that was.
      const isHopeless = !reached && isNobodyThere(outcome);
      if (isHopeless || attempt === ATTEMPTS) throw unreachable(url, request.method, outcome);
      say('The server did not answer. Trying again.');
      await setTimeout(pauseMs(attempt));
    }
  };
  const read = async <Answer>(request: ApiRequest, schema: z.ZodType<Answer>): Promise<Answer> => {
    const response = await send(request);
    return understood(`${url}${request.path}`, await response.text(), schema);
  };

  return {
    url,
    get: (path, schema) => read({ method: 'GET', path }, schema),
    post: (path, body, schema, once = crypto.randomUUID()) =>
      read(
        {
          method: 'POST',
          path,
          headers: { 'content-type': 'application/json', 'idempotency-key': once },
          body: JSON.stringify(body),
        },
        schema,
      ),
    postFile: (path, { type, bytes }, schema) =>
      read({ method: 'POST', path, headers: { 'content-type': type }, body: bytes }, schema),
    download: async (path) => piecesOf(url, await send({ method: 'GET', path })),
  };
}

function pauseMs(attempt: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
}

/** What was answered, or why nothing was. */
async function sendOnce(
  url: string,
  accessKey: string,
  { method, path, headers = {}, body }: ApiRequest,
): Promise<Response | Error> {
  try {
    return await fetch(`${url}${path}`, {
      method,
      // A key is for the address that was given, and for no other.
      redirect: 'manual',
      headers: { authorization: `Bearer ${accessKey}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function understood<Answer>(address: string, text: string, schema: z.ZodType<Answer>): Answer {
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `What ${address} answered is not understood. Is it a Provisie server of another version?\n${z.prettifyError(parsed.error)}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* piecesOf(url: string, { body }: Response): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    for await (const piece of body) yield piece;
  } catch (error) {
    throw unreachable(url, 'GET', error instanceof Error ? error : new Error(String(error)));
  }
}
