import { coversAddress } from '@provisie/domain';
import type { ConsentMode, Fact, FactOfType, Instant, Terms } from '@provisie/domain';

export interface Link {
  readonly code: string;
  readonly programmeId: string;
  /** Where it leads at an instant: a normalised absolute address. */
  destinationAt(at: Instant): string;
  isDisabledAt(at: Instant): boolean;
}

export interface Programme {
  readonly programmeId: string;
  /** Host patterns as they were registered: `www.example.nl`, `*.example.nl`, `localhost:3000`. */
  readonly hosts: readonly string[];
  /** The terms in force: the greatest (effectiveFrom, termsVersion) that isn't later than `at`. */
  termsAt(at: Instant): Terms | null;
}

/** The links and programmes in memory, so that a click needs no database. */
export interface LinkDirectory {
  /** Takes in one event of the log, in log order; an event that it doesn't need changes nothing. */
  apply(fact: Fact): void;
  link(code: string): Link | null;
  programme(programmeId: string): Programme | null;
  /** Whether the address lies on a host of any programme. */
  isOnProgrammeHost(address: URL): boolean;
}

export function createLinkDirectory(): LinkDirectory {
  const links = new Map<string, LinkEntry>();
  const programmes = new Map<string, ProgrammeEntry>();

  return {
    apply(fact) {
      if (fact.type === 'LinkCreated') {
        links.set(fact.data.code, new LinkEntry(fact));
      } else if (fact.type === 'LinkRetargeted') {
        links.get(fact.data.code)?.retarget(fact);
      } else if (fact.type === 'LinkDisabled') {
        links.get(fact.data.code)?.disable(fact);
      } else if (fact.type === 'ProgrammeOpened') {
        programmes.set(fact.data.programmeId, new ProgrammeEntry(fact));
      } else if (fact.type === 'TermsPublished') {
        programmes.get(fact.data.programmeId)?.publish(fact);
      }
    },
    link: (code) => links.get(code) ?? null,
    programme: (programmeId) => programmes.get(programmeId) ?? null,
    isOnProgrammeHost(address) {
      for (const programme of programmes.values()) {
        if (programme.hosts.some((host) => coversAddress(host, address))) return true;
      }
      return false;
    },
  };
}

/** What the programme asks of touches from a country; without terms in force, consent: nobody waived it. */
export function consentModeFor(terms: Terms | null, country: string | null): ConsentMode {
  if (terms === null) return 'required';
  const ofCountry = country === null ? undefined : terms.consent.countries[country];
  return ofCountry ?? terms.consent.default;
}

class LinkEntry implements Link {
  readonly code: string;
  readonly programmeId: string;
  /** By `from`, the latest last. */
  readonly #destinations: { from: Instant; href: string }[];
  #disabledFrom: Instant | null = null;

  constructor({ data, occurredAt }: FactOfType<'LinkCreated'>) {
    this.code = data.code;
    this.programmeId = data.programmeId;
    this.#destinations = [{ from: occurredAt, href: new URL(data.destination).href }];
  }

  retarget({ data, occurredAt }: FactOfType<'LinkRetargeted'>) {
    this.#destinations.push({ from: occurredAt, href: new URL(data.destination).href });
    this.#destinations.sort((a, b) => a.from - b.from);
  }

  disable({ occurredAt }: FactOfType<'LinkDisabled'>) {
    this.#disabledFrom = Math.min(this.#disabledFrom ?? occurredAt, occurredAt);
  }

  destinationAt(at: Instant): string {
    const inForce = this.#destinations.findLast(({ from }) => from <= at) ?? this.#destinations[0];
    if (inForce === undefined) throw new Error(`link ${this.code} leads nowhere`);
    return inForce.href;
  }

  isDisabledAt(at: Instant): boolean {
    return this.#disabledFrom !== null && this.#disabledFrom <= at;
  }
}

class ProgrammeEntry implements Programme {
  readonly programmeId: string;
  readonly hosts: readonly string[];
  /** By (effectiveFrom, termsVersion), the greatest last. */
  readonly #terms: { effectiveFrom: Instant; termsVersion: number; terms: Terms }[] = [];

  constructor({ data }: FactOfType<'ProgrammeOpened'>) {
    this.programmeId = data.programmeId;
    this.hosts = data.hosts;
  }

  publish({ data }: FactOfType<'TermsPublished'>) {
    this.#terms.push(data);
    this.#terms.sort(
      (a, b) => a.effectiveFrom - b.effectiveFrom || a.termsVersion - b.termsVersion,
    );
  }

  termsAt(at: Instant): Terms | null {
    return this.#terms.findLast(({ effectiveFrom }) => effectiveFrom <= at)?.terms ?? null;
  }
}
