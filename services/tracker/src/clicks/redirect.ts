import { newFact } from '@provisie/domain';
import type { EventPayload } from '@provisie/domain';
import { withParameters } from './address-parameters.ts';
import { dropReason, readArrival } from './arrival.ts';
import type { Arrival } from './arrival.ts';
import { readCampaign } from '../request/campaign.ts';
import type { Campaign } from '../request/campaign.ts';
import {
  hashAddress,
  objectsToTracking,
  readCircumstances,
  readReferrerHost,
} from '../request/circumstances.ts';
import type { Circumstances } from '../request/circumstances.ts';
import type { TouchTerms } from '../directory/directory-snapshot.ts';
import type { Draft } from '../request/draft.ts';
import { consentModeFor } from '../directory/link-directory.ts';
import { refuseCode, refuseDestination } from './refusal.ts';
import type { Answer, PlainAnswer, TrackerContext } from '../tracker-context.ts';
import type { TrackerOptions } from '../tracker-options.ts';
import { newVisitorId, readVisitorCookie, visitorCookie } from '../request/visitor-cookie.ts';

/** Ours: a deep link that brings one along must not speak for another click. */
const CLICK_ID = new Set(['click_id']);

/** For a request of `/r/{code}`: records the click and sends the visitor on, whatever becomes of the record. */
export type Redirects = (context: TrackerContext, code: string) => Promise<Answer>;

export function createRedirects(options: TrackerOptions): Redirects {
  return async (context, code) => {
    const arrival = readArrival(context.req.raw, code, options.directory, options.now());
    const reason = dropReason(arrival);
    if (reason !== null) options.counters.droppedClick(reason);
    if (reason === 'malformed_code' || reason === 'unknown_code') {
      return refuseCode(arrival, reason);
    }
    if (!arrival.destination.ok) return refuseDestination(arrival, arrival.destination.problem);

    const campaign = readCampaign(arrival.query);
    const click = reason === null ? await recordClick(context, options, arrival, campaign) : null;
    const parameters: (readonly [string, string])[] = [...campaign.parameters];
    if (click !== null) parameters.push(['click_id', click.id]);
    const location = withParameters(arrival.destination.href, parameters, CLICK_ID);
    return sentOn(location, click?.cookie ?? null);
  };
}

function sentOn(location: string, cookie: string | null): PlainAnswer {
  const headers: Record<string, string> = {
    Location: location,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
    'Content-Length': '0',
  };
  if (cookie !== null) headers['Set-Cookie'] = cookie;
  return { status: 302, headers };
}

interface RecordedClick {
  readonly id: string;
  /** Keeps the visitor; null where none may be set. */
  readonly cookie: string | null;
}

/** The click, once it is durable; null when it couldn't be recorded. */
async function recordClick(
  context: TrackerContext,
  options: TrackerOptions,
  arrival: Arrival,
  campaign: Campaign,
): Promise<RecordedClick | null> {
  const { counters, recorder, onError } = options;
  try {
    const country = options.country?.(context.req.raw) ?? null;
    const ipHash = await hashAddress(context, options);
    const visitor = visitorOf(arrival, country);
    const consent = visitor.objects ? 'denied' : 'unknown';
    const circumstances = readCircumstances(arrival.headers, { country, ipHash, consent });
    const click = clickOf(options.ids(), arrival, campaign, visitor, circumstances);
    const outcome = await recorder.record(click);
    if (outcome.recorded) {
      counters.recorded('click');
      return { id: click.id, cookie: cookieOf(visitor, options) };
    }
    counters.droppedClick(outcome.reason === 'overloaded' ? 'overloaded' : 'not_recorded');
    if (outcome.reason !== 'overloaded') {
      onError?.(new Error(`a click was not recorded: ${outcome.reason}`));
    }
  } catch (error) {
    counters.droppedClick('not_recorded');
    onError?.(error);
  }
  return null;
}

interface Visitor {
  readonly visitorId: string;
  readonly objects: boolean;
  /** The terms that say how long a cookie keeps the visitor; null where none may be set or read. */
  readonly keptUnder: TouchTerms | null;
}

function visitorOf(arrival: Arrival, country: string | null): Visitor {
  const objects = objectsToTracking(arrival.headers);
  const terms = arrival.programme?.termsAt(arrival.at) ?? null;
  const needsConsent = consentModeFor(terms, country) === 'required';
  const keptUnder = objects || needsConsent ? null : terms;
  const known = keptUnder === null ? null : readVisitorCookie(arrival.headers);
  return { visitorId: known ?? newVisitorId(), objects, keptUnder };
}

function cookieOf({ visitorId, keptUnder }: Visitor, { secureCookies }: TrackerOptions) {
  return keptUnder === null ? null : visitorCookie(visitorId, keptUnder, secureCookies);
}

function clickOf(
  id: string,
  { at, code, headers }: Arrival,
  { utm, sub }: Campaign,
  { visitorId }: Visitor,
  circumstances: Circumstances,
) {
  const data: Draft<EventPayload<'ClickRecorded'>> = {
    ...circumstances,
    touchId: id,
    linkCode: code,
    visitorId,
  };
  if (utm !== undefined) data.utm = utm;
  if (sub !== undefined) data.sub = sub;
  const referrerHost = readReferrerHost(headers.get('referer'));
  if (referrerHost !== null) data.referrerHost = referrerHost;
  return newFact('ClickRecorded', { id, occurredAt: at, data });
}
