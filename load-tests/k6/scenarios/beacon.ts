import { check } from 'k6';
import http from 'k6/http';
import type { RefinedResponse, ResponseType } from 'k6/http';
import { Rate } from 'k6/metrics';
import type { Answer } from './answer.ts';
import { anyAddress, happens, oneOf } from './chance.ts';
import type { Market } from './market.ts';
import { nextNumber } from './numbering.ts';
import { tellAnswer } from './tell-answer.ts';

/** How many browsers lose the answer and send the same again. */
const SENT_AGAIN = 0.05;

interface Beacon {
  readonly type: 'visit' | 'coupon' | 'identify';
  readonly id: string;
  readonly visitorId: string;
  readonly [field: string]: unknown;
}

const EVENTS: Readonly<Record<Beacon['type'], Answer['kind']>> = {
  visit: 'VisitRecorded',
  coupon: 'CouponEntered',
  identify: 'VisitorIdentified',
};

/** A page of the shop tells of a visit; a few visitors enter a coupon or say who they are. Resolves nothing. */
export function visit(market: Market, clickId: string | null): void {
  const visitorId = `${market.run}-${String(nextNumber())}`;
  const from = { visitorId, consent: 'granted' };
  send(market, {
    ...from,
    type: 'visit',
    id: newId(),
    ref: oneOf(market.linkCodes),
    utm: { source: 'load', campaign: market.run },
    path: '/sale',
    ...(clickId === null ? {} : { clickId }),
  });
  if (happens(0.15)) {
    send(market, { ...from, type: 'coupon', id: newId(), code: oneOf(market.couponCodes) });
  }
  if (happens(0.1)) {
    send(market, { ...from, type: 'identify', id: newId(), email: `${visitorId}@post.example` });
  }
}

/** Beacons that a system under too much load asked to have again later, as the snippet then does. */
const putOff = new Rate('put_off');

/** 204, and then it is in the log; a second one with the same content is the same touch. */
function send({ url, origin }: Market, beacon: Beacon): void {
  const body = JSON.stringify(beacon);
  const post = () =>
    http.post(`${url}/t`, body, {
      headers: { 'Content-Type': 'text/plain', Origin: origin, 'X-Forwarded-For': anyAddress() },
      tags: { kind: 'beacon', name: 'POST /t' },
      responseCallback: http.expectedStatuses(204, 503),
    });
  const response = post();
  if (!isTaken(response)) return;
  const { type, visitorId } = beacon;
  tellAnswer({ kind: EVENTS[type], key: visitorId, tookMs: response.timings.duration });
  if (happens(SENT_AGAIN)) isTaken(post());
}

/** Neither taken nor put off is wrong. */
function isTaken(response: RefinedResponse<ResponseType>): boolean {
  const { status, headers } = response;
  const isPutOff = status === 503 && headers['Retry-After'] !== undefined;
  check(response, { 'a beacon is taken, or put off': () => status === 204 || isPutOff });
  putOff.add(isPutOff);
  return status === 204;
}

function newId(): string {
  const part = () => Math.random().toString(36).slice(2).padEnd(11, '0');
  return `${part()}${part()}`;
}
