import { logLines, type OracleSetup } from './files.ts';

export interface OracleClick {
  at: number;
  visitor: string;
  code: string;
  clickId: string | null;
}

const LINE = /^(\S+) - - \[([^\]]+)\] "(\S+) (\S+) HTTP\/[\d.]+" (\d{3}) \d+ "[^"]*" "([^"]*)"$/;
const MACHINE = /bot|crawl|spider|curl|python|facebookexternalhit|whatsapp|externalhit|^-$|^$/i;

/** Every click of a person on a link that worked then, from the log's own text. */
export function clicksOf(links: OracleSetup['links']): OracleClick[] {
  const clicks: OracleClick[] = [];
  const known = new Set<string>();
  for (const line of logLines()) {
    const [, ip, time, method, target, status, agent] = LINE.exec(line) ?? [];
    if (!ip || !time || !target || !agent || method !== 'GET' || MACHINE.test(agent)) continue;
    const address = new URL(target, 'https://shop.example');
    const redirected = status === '302' && address.pathname.startsWith('/r/');
    const code = redirected ? address.pathname.slice(3) : address.searchParams.get('ref');
    const at = logInstant(time);
    const link = links.find((each) => each.code === code);
    if (!link || (link.disabledAt !== undefined && at >= Date.parse(link.disabledAt))) continue;
    const clickId = redirected ? null : address.searchParams.get('click_id');
    if (clickId !== null && known.has(clickId)) continue;
    if (clickId !== null) known.add(clickId);
    const day = new Date(at).toISOString().slice(0, 10);
    clicks.push({ at, visitor: `${ip} ${agent} ${day}`, code: link.code, clickId });
  }
  return clicks;
}

/** `03/Jul/2026:14:05:59 +0200` in UTC milliseconds. */
function logInstant(time: string): number {
  return Date.parse(`${time.slice(0, 11).replaceAll('/', ' ')} ${time.slice(12)}`);
}
