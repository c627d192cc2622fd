/**
 * The script on a shop's pages. It tells the tracker that a visitor came through a partner, keeps the ids that
 * a checkout needs, and never lets the page notice when it can't. See README.md for what a page may call.
 */

type Call = readonly [name?: unknown, value?: unknown];

interface Beacon {
  readonly id: string;
  /** When it was made: it may have to wait for a connection. */
  readonly at: number;
  readonly [field: string]: unknown;
}

/** By name, as in the script's data attributes: `consent`, `days`, `endpoint`. */
type Settings = Readonly<Record<string, string | undefined>>;

interface Provisie {
  (...call: Call): void;
  /** Calls from before the script was there. */
  q?: readonly { readonly 0?: unknown; readonly 1?: unknown }[];
  /** Settings that the tracker put in front of the script. */
  o?: Settings;
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
  interface Document {
    readonly prerendering?: boolean;
  }
}

const VISITOR = 'pv_visitor_id';
const CLICK = 'pv_click_id';
const QUEUE = 'pv_queue';
const MAX_WAITING = 20;
const DAY_MS = 864e5;

const WAITING = 0;
const GIVEN = 1;
const DENIED = 2;

function run(script: HTMLScriptElement, stub: Provisie | undefined) {
  const preset: Settings = stub?.o ?? {};
  const {
    consent: mode = preset['consent'],
    days = preset['days'] ?? 90,
    endpoint = script.src.replace(/\.js(\?.*)?$/, ''),
  } = script.dataset;
  const objects = navigator.globalPrivacyControl;
  let consent = objects ? DENIED : WAITING;
  let signal: string | undefined;
  let visitorId: string | undefined;
  let clickId: string | undefined;
  let deferred: Call[] = [];
  let waiting: readonly Beacon[] = [];

  const readCookie = (name: string) =>
    new RegExp(`${name}=([\\w-]{8,64})`).exec(document.cookie)?.[1];

  const writeCookie = (name: string, value = '', seconds = +days * 86400) => {
    const secure = location.protocol === 'https:' ? ';secure' : '';
    document.cookie = `${name}=${value};path=/;samesite=lax;max-age=${seconds}${secure}`;
  };

  /** Made when it is first needed: who came through no partner gets none. */
  const visitor = () => {
    visitorId ??= readCookie(VISITOR) ?? newId();
    writeCookie(VISITOR, visitorId);
    return visitorId;
  };

  const keepWaiting = (beacons: readonly Beacon[]) => {
    waiting = beacons.slice(-MAX_WAITING);
    attempt(() => {
      // An e-mail address is never left behind in the browser.
      const kept = waiting.filter(({ email }) => !email);
      if (kept[0]) localStorage.setItem(QUEUE, JSON.stringify(kept));
      else localStorage.removeItem(QUEUE);
    });
  };

  const deliver = ({ at, ...beacon }: Beacon) => {
    const body = JSON.stringify({ ...beacon, ageMs: Date.now() - at });
    fetch(endpoint, { method: 'POST', body, keepalive: true }).then(
      ({ status }) =>
        // Too many, or a tracker in trouble: it waits for the next page. All else is final.
        status < 429 && keepWaiting(waiting.filter(({ id }) => id !== beacon.id)),
      () => {},
    );
  };

  const deliverWaiting = () => {
    waiting.forEach(deliver);
  };

  const send = (said: object) => {
    const sender = { id: newId(), visitorId: visitor(), at: Date.now(), consent: signal };
    const beacon = { ...said, ...sender };
    keepWaiting([...waiting, beacon]);
    deliver(beacon);
  };

  const visit = () => {
    const query = new URLSearchParams(location.search);
    const utm: Record<string, string> = {};
    for (const name of ['source', 'medium', 'campaign', 'term', 'content']) {
      const value = query.get(`utm_${name}`);
      if (value) utm[name] = value;
    }
    const ref = query.get('ref') ?? undefined;
    const arrival = /^[\da-f-]{36}$/i.exec(query.get('click_id') ?? '')?.[0];
    if (arrival) writeCookie(CLICK, arrival);
    clickId = arrival ?? readCookie(CLICK);
    if ([arrival, ref, ...Object.values(utm)].some(Boolean)) {
      const path = location.pathname;
      const referrerHost = document.referrer.split('/')[2];
      send({ type: 'visit', clickId: arrival, ref, utm, path, referrerHost });
    }
  };

  const begin = () => {
    attempt(() => {
      const kept: unknown = JSON.parse(localStorage.getItem(QUEUE) ?? '');
      if (Array.isArray(kept)) waiting = kept.filter(isFresh);
    });
    deliverWaiting();
    visit();
  };

  const forget = () => {
    visitorId = clickId = undefined;
    keepWaiting([]);
    writeCookie(VISITOR, '', 0);
    writeCookie(CLICK, '', 0);
  };

  const settle = (settled: typeof GIVEN | typeof DENIED) => {
    // Consent managers say the same more than once.
    if (consent === settled) return;
    consent = settled;
    if (consent === GIVEN) begin();
    else forget();
    deferred.splice(0).forEach(answer);
  };

  const answer = ([name, value]: Call) => {
    if (name === 'consent' && !objects) {
      signal = value ? 'granted' : undefined;
      settle(value ? GIVEN : DENIED);
    } else if (consent === WAITING) deferred.push([name, value]);
    else if (name === 'ids' && typeof value === 'function') {
      // An error of the page's own function stays the page's own.
      setTimeout(value, 0, consent === GIVEN ? { visitorId: visitor(), clickId } : {});
    } else if (consent === GIVEN && value) {
      if (name === 'coupon') send({ type: 'coupon', code: value });
      if (name === 'identify' && typeof value === 'object') send({ ...value, type: 'identify' });
    }
  };

  const provisie: Provisie = (...call) => {
    attempt(() => {
      answer(call);
    });
  };
  provisie.on = true;
  window.provisie = provisie;
  addEventListener('online', deliverWaiting);
  // A choice that was made already is heard at once; all else waits until it is known whether it may be said.
  for (const call of stub?.q ?? []) provisie(call[0], call[1]);
  if (consent === WAITING && mode !== 'required') settle(GIVEN);
}

function isFresh(beacon: Partial<Beacon>): beacon is Beacon {
  return Date.now() - (beacon.at ?? 0) < DAY_MS;
}

/** Random: 128 bits, as four numbers. */
function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

/** Whatever a browser refuses (storage, cookies), the page doesn't notice. */
function attempt(action: () => void) {
  try {
    action();
  } catch {
    // The visitor came to shop.
  }
}

const script = document.currentScript;
if (script && 'src' in script && !window.provisie?.on) {
  const begin = () => {
    attempt(() => {
      run(script, window.provisie);
    });
  };
  // A page that is rendered on a guess has no visitor yet.
  if (document.prerendering) addEventListener('prerenderingchange', begin);
  else begin();
}
