import type { SnippetSettings } from './snippet-source.ts';

/**
 * The script on a shop's pages. It tells the tracker that a visitor came through a partner, keeps the ids that
 * a checkout needs, and never lets the page notice when it can't. See README.md for what a page may call.
 *
 * Every page of every shop pays for it, so it is written to be small: what is said twice compresses best.
 */

type Call = readonly [name?: unknown, value?: unknown];

interface Beacon {
  /** When it was made: it may have to wait for a connection. */
  readonly at: number;
  readonly [field: string]: unknown;
}

/** `data-consent`, `data-days`, `data-endpoint` of the script element. */
interface Attributes {
  readonly consent?: string;
  readonly days?: string;
  readonly endpoint?: string;
}

/** What the tracker knows: `build-snippet.ts` makes the script a function of it. */
declare const settings: SnippetSettings;

interface Provisie {
  (...call: Call): void;
  /** Calls from before the script was there. */
  q?: Call[];
  /** Set by the script: a page that includes it twice runs it once. */
  on?: true;
}

declare global {
  interface Window {
    provisie?: Provisie;
  }
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

/** What the browser gives, as the script counts on it; where something is otherwise, it fails quietly. */
declare const document: Omit<Document, 'currentScript'> & {
  readonly currentScript: { readonly src: string; readonly dataset: Attributes };
  readonly prerendering?: boolean;
  onprerenderingchange?: () => void;
};
declare const localStorage: { pv_queue?: string };

const script = document.currentScript;

const isFresh = (beacon: Beacon) => Date.now() - beacon.at < 864e5;

/** Whatever a browser refuses (storage, cookies), the page doesn't notice: the visitor came to shop. */
const quietly =
  <Args extends readonly unknown[]>(action: (...args: Args) => void) =>
  (...args: Args) => {
    try {
      action(...args);
    } catch {}
  };

const begin = quietly(() => {
  const stub = window.provisie;
  if (stub?.on) return;
  const {
    consent: mode,
    days = 90,
    endpoint = script.src.replace(/\.js(\?.*)?$/, ''),
  } = { ...settings, ...script.dataset };
  const objects = navigator.globalPrivacyControl;
  const deferred = stub?.q ?? [];
  /** Undefined until it is known. */
  let consent = objects ? false : undefined;
  let signal: unknown;
  let visitorId: string | undefined;
  let clickId: string | undefined;
  let waiting: readonly Beacon[] = [];

  /** Random: 128 bits, as four numbers. */
  const newId = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

  const readCookie = (name: string) => document.cookie.match(name + '=([\\w-]{8,64})')?.[1];

  /** Deletes it without a value. */
  const writeCookie = (name: string, value?: string) => {
    document.cookie = `${name}=${value};path=/;samesite=lax;max-age=${value ? +days * 86400 : 0}${location.protocol[5] ? ';secure' : ''}`;
    return value;
  };

  /** Made when it is first needed: who came through no partner gets none. */
  const visitor = () =>
    writeCookie('pv_visitor_id', (visitorId ??= readCookie('pv_visitor_id') ?? newId()));

  const keepWaiting = quietly((beacons: readonly Beacon[]) => {
    waiting = beacons.slice(-20);
    // An e-mail address is never left behind in the browser.
    const kept = waiting.filter((beacon) => !beacon['email']);
    delete localStorage.pv_queue;
    if (kept[0]) localStorage.pv_queue = JSON.stringify(kept);
  });

  const takeUpWaiting = quietly(() => {
    const kept: unknown = JSON.parse(localStorage.pv_queue ?? '');
    if (Array.isArray(kept)) waiting = kept.filter(isFresh);
  });

  const deliver = (beacon: Beacon) => {
    fetch(endpoint, {
      method: 'POST',
      body: JSON.stringify({ ...beacon, ageMs: Date.now() - beacon.at }),
      keepalive: true,
    }).then(
      (response) =>
        // Too many, or a tracker in trouble: it waits for the next page. All else is final.
        response.status < 429 && keepWaiting(waiting.filter((other) => other !== beacon)),
      () => {},
    );
  };

  const deliverWaiting = () => {
    waiting.forEach(deliver);
  };

  const send = (type: string, said: object) => {
    const beacon = {
      ...said,
      type,
      id: newId(),
      visitorId: visitor(),
      at: Date.now(),
      consent: signal,
    };
    keepWaiting([...waiting, beacon]);
    deliver(beacon);
  };

  const visit = () => {
    const query = new URLSearchParams(location.search);
    const utm: Record<string, string> = {};
    const ref = query.get('ref') ?? undefined;
    const arrival = query.get('click_id')?.match(/^[\da-f-]{36}$/i)?.[0];
    if (arrival) writeCookie('pv_click_id', arrival);
    clickId = arrival ?? readCookie('pv_click_id');
    let found = arrival ?? ref;
    query.forEach((value, name) => {
      if (value && name.startsWith('utm_')) found = utm[name.slice(4)] ??= value;
    });
    if (found) {
      send('visit', {
        clickId: arrival,
        ref,
        utm,
        path: location.pathname,
        referrerHost: document.referrer.split('/')[2],
      });
    }
  };

  const forget = () => {
    visitorId = clickId = undefined;
    keepWaiting([]);
    writeCookie('pv_visitor_id');
    writeCookie('pv_click_id');
  };

  const settle = (settled: boolean) => {
    // Consent managers say the same more than once.
    if (consent === settled) return;
    consent = settled;
    if (settled) {
      takeUpWaiting();
      deliverWaiting();
      visit();
    } else forget();
    answerDeferred();
  };

  const answerDeferred = () => {
    deferred.splice(0).forEach((call) => provisie(...call));
  };

  const provisie: Provisie = quietly((name?: unknown, value?: unknown) => {
    if (name === 'consent' && !objects) {
      signal = value && 'granted';
      settle(!!value);
    } else if (consent === undefined) deferred.push([name, value]);
    else if (name === 'ids' && typeof value === 'function') {
      // An error of the page's own function stays the page's own.
      setTimeout(value, 0, consent ? { visitorId: visitor(), clickId } : {});
    } else if (consent && value) {
      if (name === 'coupon') send(name, { code: value });
      if (name === 'identify' && typeof value === 'object') send(name, value);
    }
  });

  provisie.on = true;
  window.provisie = provisie;
  addEventListener('online', deliverWaiting);
  // A choice that was made already is heard at once; all else waits until it is known whether it may be said.
  answerDeferred();
  if (mode !== 'required') settle(consent ?? true);
});

// A page that is rendered on a guess has no visitor yet. The event doesn't bubble: the window never hears it.
if (document.prerendering) document.onprerenderingchange = begin;
else begin();
