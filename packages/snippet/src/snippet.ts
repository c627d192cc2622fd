import type { SnippetSettings } from './snippet-source.ts';

/**
 * The script on a shop's pages. It tells the tracker that a visitor came through a partner, keeps the ids that
 * a checkout needs, and never lets the page notice when it can't. See README.md for what a page may call.
 *
 * Every page of every shop pays for it, so it is written to be small: what is said twice compresses best, and what
 * the tracker can tell from a beacon (whether it is one, what in an address counts) is left to the tracker.
 */

type Call = readonly [name: string, value?: unknown];

interface Beacon {
  /** What was called, with its value, or `visit` with the page. */
  readonly [call: string]: unknown;
  readonly visitorId: string;
  /** When it was made. It may have to wait for a connection, and the tracker knows it again by this. */
  readonly at: number;
  readonly consent: unknown;
}

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

/** `data-consent`, `data-days`, `data-endpoint` of the script element. */
interface Attributes {
  readonly consent?: string;
  readonly days?: string;
  readonly endpoint?: string;
}

/** What the tracker knows: `build-snippet.ts` makes the script a function of it. */
declare const settings: SnippetSettings;

/** What the browser gives, as the script counts on it; where something is otherwise, it fails quietly. */
declare const document: Omit<Document, 'currentScript'> & {
  readonly currentScript: { readonly src: string; readonly dataset: Attributes };
  readonly prerendering?: boolean;
  onprerenderingchange?: unknown;
};
declare const localStorage: { pv_queue?: string };
declare const JSON: {
  stringify(value: unknown): string;
  parse(text?: string): readonly Beacon[];
};
declare function setTimeout(action: unknown, afterMs: number, ...values: unknown[]): void;

const script = document.currentScript;

/** Whatever a browser refuses (storage, cookies, a request), the page doesn't notice: the visitor came to shop. */
const quietly =
  <Args extends readonly unknown[]>(
    action: (...args: Args) => unknown,
  ): ((...args: Args) => unknown) =>
  async (...args) => {
    try {
      await action(...args);
    } catch {}
  };

const begin = quietly(() => {
  if (window.provisie?.on) return;
  const {
    consent: mode,
    days = 90,
    endpoint = script.src.replace(/\.js(\?.*)?$/, ''),
  } = { ...settings, ...script.dataset };
  const objects = navigator.globalPrivacyControl;
  const deferred = window.provisie?.q ?? [];
  /** Undefined until it is known. */
  let consent: boolean | undefined;
  /** What the page itself said of it. */
  let said: unknown;
  let visitorId: string | undefined;
  let clickId: string | undefined;
  let waiting: readonly Beacon[] = [];

  /** Deletes it without a value. */
  const writeCookie = (name: string, value?: string) => {
    document.cookie = `${name}=${value};path=/;samesite=lax;max-age=${value ? +days * 86400 : 0}${location.protocol[5] ? ';secure' : ''}`;
  };

  /** Made when it is first needed: who came through no partner gets none. Random: 128 bits, as four numbers. */
  const visitor = () => {
    visitorId ??=
      document.cookie.match(/pv_visitor_id=([\w-]{8,64})/)?.[1] ??
      crypto.getRandomValues(new Uint32Array(4)).join('-');
    writeCookie('pv_visitor_id', visitorId);
    return visitorId;
  };

  const keepWaiting = quietly((beacons: readonly Beacon[]) => {
    waiting = beacons.slice(-20);
    // An e-mail address is never left behind in the browser.
    const kept = waiting.filter((beacon) => !JSON.stringify(beacon).match(/@/));
    if (kept[0]) localStorage.pv_queue = JSON.stringify(kept);
    else delete localStorage.pv_queue;
  });

  const takeUpWaiting = quietly(() => {
    waiting = JSON.parse(localStorage.pv_queue).filter((beacon) => Date.now() - beacon.at < 864e5);
  });

  const deliver = quietly(async (beacon: Beacon) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: JSON.stringify({ ...beacon, ageMs: Date.now() - beacon.at }),
      keepalive: true,
    });
    // Too many, or a tracker in trouble: it waits for the next page. All else is final.
    if (response.status < 429) keepWaiting(waiting.filter((other) => other !== beacon));
  });

  const deliverWaiting = () => {
    waiting.forEach(deliver);
  };

  const send = (name: string, value: unknown) => {
    const beacon = { [name]: value, visitorId: visitor(), at: Date.now(), consent: said };
    keepWaiting([...waiting, beacon]);
    deliver(beacon);
  };

  const visit = () => {
    const search = location.search.match(/(^\?|&)((ref|utm_\w+)=[^&]+|click_id=[\da-f-]{36}\b)/g);
    clickId = location.search.match(/[?&]click_id=([\da-f-]{36}\b)/)?.[1];
    if (clickId) writeCookie('pv_click_id', clickId);
    else clickId = document.cookie.match(/pv_click_id=([\da-f-]{36}\b)/)?.[1];
    if (search) send('visit', { search, path: location.pathname, referrer: document.referrer });
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

  const provisie: Provisie = quietly((name: string, value?: unknown) => {
    if (name === 'consent') {
      said = value;
      settle(!!value && !objects);
    } else if (consent === undefined) deferred.push([name, value]);
    else if (name === 'ids') setTimeout(value, 0, consent ? { visitorId: visitor(), clickId } : {});
    else if (consent && value) send(name, value);
  });

  provisie.on = true;
  window.provisie = provisie;
  addEventListener('online', deliverWaiting);
  // A choice that was made already is heard at once; all else waits until it is known whether it may be said.
  answerDeferred();
  if (objects || mode !== 'required') settle(consent ?? !objects);
});

// A page that is rendered on a guess has no visitor yet.
if (document.prerendering) document.onprerenderingchange = begin;
else begin();
