import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Front } from '@provisie/process';
import { MAX_BYTES } from '../beacons/beacon-route.ts';
import { problemAnswer } from '../problems.ts';
import type { TouchAnswers } from '../touch-answers.ts';
import type { Answer } from '../tracker-context.ts';
import type { TrackerOptions } from '../tracker-options.ts';
import { contextOf } from './node-context.ts';

/** A link as nearly everyone writes it. */
const LINK = /^\/r\/(?<code>[\w-]+)(?:\?|$)/;

/**
 * Answers clicks and beacons from Node's own objects, which costs less than Hono's do (ADR 0032). What is asked in a
 * way that no browser does is left to Hono.
 */
export function trackerFront({ follow, take }: TouchAnswers, { onError }: TrackerOptions): Front {
  const answerWith = async (outgoing: ServerResponse, answer: Promise<Answer>) => {
    try {
      const given = await answer;
      if (given instanceof Response) await send(given, outgoing);
      else outgoing.writeHead(given.status, given.headers).end();
    } catch (error) {
      onError?.(error);
      await send(problemAnswer('internal', 'The tracker could not answer; try again.'), outgoing);
    }
  };

  return (incoming, outgoing) => {
    const { method, url = '' } = incoming;
    if (method === 'GET') {
      const code = LINK.exec(url)?.[1];
      if (code === undefined) return false;
      void answerWith(outgoing, follow(contextOf(incoming), code));
      return true;
    }
    if (method !== 'POST' || url !== '/t' || !isWhole(incoming)) return false;
    void answerWith(outgoing, take(contextOf(incoming)));
    return true;
  };
}

/** Its length is known beforehand, and is one of beacons: of what is too large, Hono's adapter keeps the rest out. */
function isWhole({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? Infinity) <= MAX_BYTES;
}

async function send(answer: Response, outgoing: ServerResponse): Promise<void> {
  const body = await answer.text();
  outgoing.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'Content-Length': Buffer.byteLength(body),
  });
  outgoing.end(body);
}
