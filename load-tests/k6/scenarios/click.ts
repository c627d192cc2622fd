import { check } from 'k6';
import http from 'k6/http';
import { Rate } from 'k6/metrics';
import { anyAddress, oneOf } from './chance.ts';
import type { Market } from './market.ts';
import { tellAnswer } from './tell-answer.ts';

/** Redirects that said that they recorded nothing. */
const unrecorded = new Rate('unrecorded');

/** Somebody follows a tracking link; the id of the click, null when it wasn't recorded. */
export function click({ url, linkCodes }: Market): string | null {
  const response = http.get(`${url}/r/${oneOf(linkCodes)}?utm_source=load`, {
    redirects: 0,
    headers: { 'X-Forwarded-For': anyAddress(), Accept: 'text/html' },
    tags: { kind: 'redirect', name: 'GET /r/{code}' },
    responseCallback: http.expectedStatuses(302),
  });
  const isRedirect = check(response, {
    'a click is redirected to the shop': ({ status, headers }) =>
      status === 302 && (headers['Location'] ?? '').startsWith('https://'),
  });
  if (!isRedirect) {
    console.error(`a click was answered ${String(response.status)} ${response.error}`);
    return null;
  }
  const id = /[?&]click_id=([\da-f-]{36})/.exec(response.headers['Location'] ?? '')?.[1] ?? null;
  unrecorded.add(id === null);
  const tookMs = response.timings.duration;
  tellAnswer(
    id === null
      ? { kind: 'Unrecorded', key: '-', tookMs }
      : { kind: 'ClickRecorded', key: id, tookMs },
  );
  return id;
}
