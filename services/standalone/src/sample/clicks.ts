import { BOTS, BROWSERS, PREVIEWS } from './agents.ts';
import { daysBetween, momentOfDay, SECOND } from './calendar.ts';
import type { LogLine } from './access-log.ts';
import type { Chance } from './random.ts';
import type { Setup } from './setup.ts';

export interface SampleClick {
  readonly at: number;
  readonly ip: string;
  readonly agent: string;
  readonly linkCode: string;
  readonly partnerId: string;
  /** Carried by landing requests only: the old tracker wrote none. */
  readonly clickId: string | null;
}

/** Clicks per link and day, by how well known the partner is. */
const REACH: Readonly<Record<string, number>> = {
  woonblog: 60,
  verbouwhulp: 44,
  klusvlog: 40,
  aanbouwgids: 30,
  huisvanhout: 24,
  stadsnest: 18,
  'makelaardij-deliefde': 9,
  'nieuwmarkt-makelaars': 5,
  'studio-kade': 6,
  'atelier-noord': 2,
  duurzaamdak: 3,
  'tinyhouse-tips': 4,
  loftlab: 5,
};

/** Partners whose visitors only look around, or buy the one thing that they write about. */
export const NEVER_SELLS = new Set(['loftlab', 'tinyhouse-tips', 'duurzaamdak']);

/** About this many people click a link on a day of the quarter; far fewer in the months before. */
const VISITORS_PER_DAY = 208;
const VISITORS_PER_EARLY_DAY = 30;

interface Traffic {
  readonly clicks: readonly SampleClick[];
  readonly lines: readonly LogLine[];
}

/** All that happened on the old tracker and on the shop's landing pages, in no particular order. */
export function sampleTraffic(chance: Chance, setup: Setup): Traffic {
  const clicks: SampleClick[] = [];
  const lines: LogLine[] = [];
  const early = daysBetween('2026-04-01', '2026-06-30').map(
    (day) => [day, VISITORS_PER_EARLY_DAY] as const,
  );
  const quarter = daysBetween(setup.fromDay, setup.toDay).map(
    (day) => [day, VISITORS_PER_DAY] as const,
  );
  for (const [day, visitors] of [...early, ...quarter]) {
    for (let visitor = 0; visitor < visitors; visitor += 1) {
      for (const click of visitOf(chance, setup, day)) {
        clicks.push(click);
        lines.push(lineOf(chance, setup, click));
        if (click.clickId !== null && chance.hits(0.06)) lines.push(reload(chance, setup, click));
      }
    }
    lines.push(...programsOf(chance, setup, day, visitors));
  }
  return { clicks, lines };
}

/** One person's clicks of one day: mostly one, sometimes again, sometimes another partner's link. */
function visitOf(chance: Chance, setup: Setup, day: number): SampleClick[] {
  const ip = address(chance);
  const agent = chance.weighted(BROWSERS);
  let at = momentOfDay(chance, day);
  let link = pickLink(chance, setup);
  const clicks: SampleClick[] = [];
  do {
    clicks.push({
      at,
      ip,
      agent,
      linkCode: link.code,
      partnerId: link.partnerId,
      clickId: chance.hits(0.42) ? chance.uuid() : null,
    });
    at += chance.hits(0.2) ? 0 : chance.between(5, 40 * 60) * SECOND;
    if (chance.hits(0.4) && at !== clicks.at(-1)?.at) link = anotherLink(chance, setup);
  } while (chance.hits(0.14));
  return clicks;
}

function pickLink(chance: Chance, setup: Setup): Setup['links'][number] {
  return chance.weighted(
    setup.links.map((link) => {
      const busiest = setup.links.find((other) => other.partnerId === link.partnerId) === link;
      return [link, (REACH[link.partnerId] ?? 1) * (busiest ? 1 : 0.5)] as const;
    }),
  );
}

/** Small partners are nobody's second thought: so that they stay below the threshold. */
function anotherLink(chance: Chance, setup: Setup): Setup['links'][number] {
  const link = pickLink(chance, setup);
  return NEVER_SELLS.has(link.partnerId) ? anotherLink(chance, setup) : link;
}

/** Documentation addresses only (RFC 5737, RFC 3849). */
function address(chance: Chance): string {
  if (chance.hits(0.45)) {
    const groups = [chance.hex(4), chance.hex(4), chance.hex(4), chance.hex(4)];
    return `2001:db8:${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::1`;
  }
  const network = chance.pick(['192.0.2', '198.51.100', '203.0.113']);
  return `${network}.${chance.between(1, 254)}`;
}

function lineOf(chance: Chance, setup: Setup, click: SampleClick): LogLine {
  const landing = click.clickId !== null || chance.hits(0.1);
  return {
    at: click.at,
    ip: click.ip,
    method: 'GET',
    target: landing ? landingTarget(setup, click) : redirectTarget(chance, setup, click),
    status: landing ? 200 : 302,
    bytes: landing ? chance.between(14_000, 22_000) : 0,
    referrer: chance.hits(0.6) ? `https://www.${click.partnerId}.example/` : '-',
    agent: click.agent,
  };
}

function reload(chance: Chance, setup: Setup, click: SampleClick): LogLine {
  const again = lineOf(chance, setup, click);
  return { ...again, at: click.at + chance.between(2, 20 * 60) * SECOND };
}

function landingTarget(setup: Setup, click: SampleClick): string {
  const link = setup.links.find(({ code }) => code === click.linkCode);
  const page = new URL(link?.destination ?? setup.shop.url).pathname;
  const query = new URLSearchParams({ ref: click.linkCode });
  if (click.clickId !== null) query.set('click_id', click.clickId);
  for (const [name, value] of Object.entries(link?.utm ?? {})) query.set(`utm_${name}`, value);
  return `${page}?${query.toString()}`;
}

function redirectTarget(chance: Chance, setup: Setup, click: SampleClick): string {
  const link = setup.links.find(({ code }) => code === click.linkCode);
  const query = new URLSearchParams();
  if (chance.hits(0.7)) {
    for (const [name, value] of Object.entries(link?.utm ?? {})) query.set(`utm_${name}`, value);
  }
  if (chance.hits(0.25)) query.set('sub1', chance.pick(['header', 'sidebar', 'artikel', 'bio']));
  const text = query.toString();
  return `/r/${click.linkCode}${text === '' ? '' : `?${text}`}`;
}

/** Crawlers, link previews, `HEAD` requests, unknown codes and pages that nobody was led to. */
function programsOf(chance: Chance, setup: Setup, day: number, visitors: number): LogLine[] {
  const line = (change: Partial<LogLine>): LogLine => ({
    at: momentOfDay(chance, day),
    ip: address(chance),
    method: 'GET',
    target: `/r/${chance.pick(setup.links).code}`,
    status: 302,
    bytes: 0,
    referrer: '-',
    agent: chance.weighted(BROWSERS),
    ...change,
  });
  const times = (share: number, make: () => LogLine) =>
    Array.from({ length: Math.round(visitors * share) }, make);
  return [
    ...times(0.08, () => line({ agent: chance.weighted(BOTS) })),
    ...times(0.05, () => line({ agent: chance.weighted(PREVIEWS) })),
    ...times(0.03, () => line({ method: 'HEAD' })),
    ...times(0.02, () =>
      line({
        target: `/r/${chance.pick(['aanbeiding', 'wp-login.php', 'oud-2024'])}`,
        status: 404,
        bytes: 153,
      }),
    ),
    ...times(0.02, () =>
      line({ target: '/dakkapel/?ref=startpagina', status: 200, bytes: 15_210 }),
    ),
    ...times(0.1, () =>
      line({
        target: chance.pick([
          '/',
          '/contact/',
          '/wp-content/themes/draagbalk/style.css?ver=3.2',
          '/favicon.ico',
        ]),
        status: 200,
        bytes: 4_120,
      }),
    ),
  ];
}
