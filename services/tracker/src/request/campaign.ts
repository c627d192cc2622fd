import type { EventPayload, Utm } from '@provisie/domain';
import type { Draft } from './draft.ts';

const UTM = {
  utm_source: 'source',
  utm_medium: 'medium',
  utm_campaign: 'campaign',
  utm_term: 'term',
  utm_content: 'content',
} as const;
const SUBS = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5'] as const;
const MAX_RECORDED_LENGTH = 200;

type Sub = NonNullable<EventPayload<'ClickRecorded'>['sub']>;

export interface Campaign {
  readonly utm?: Utm;
  readonly sub?: Sub;
  /** As they came, to travel on to the destination. */
  readonly parameters: readonly (readonly [string, string])[];
}

/** The `utm_*` and `sub1`–`sub5` of a click's address; each value is recorded up to 200 characters. */
export function readCampaign(query: URLSearchParams): Campaign {
  const parameters: [string, string][] = [];
  const campaign: Draft<Campaign> = { parameters };
  for (const [name, value] of query) {
    if (value === '') continue;
    if (isUtm(name)) {
      const utm: Draft<Utm> = (campaign.utm ??= {});
      utm[UTM[name]] ??= recordable(value);
    } else if (isSub(name)) {
      const sub: Draft<Sub> = (campaign.sub ??= {});
      sub[name] ??= recordable(value);
    } else if (!name.startsWith('utm_')) {
      continue;
    }
    parameters.push([name, value]);
  }
  return campaign;
}

function isUtm(name: string): name is keyof typeof UTM {
  return Object.hasOwn(UTM, name);
}

function isSub(name: string): name is (typeof SUBS)[number] {
  return SUBS.some((sub) => sub === name);
}

/** Cutting may split a surrogate pair, which no JSON may hold. */
function recordable(value: string): string {
  return value.slice(0, MAX_RECORDED_LENGTH).toWellFormed();
}
