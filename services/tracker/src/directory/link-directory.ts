import { coversAddress } from '@provisie/domain';
import type { ConsentMode, Fact, FactOfType, Instant } from '@provisie/domain';
import type {
  DirectorySnapshot,
  LinkSnapshot,
  ProgrammeSnapshot,
  TouchTerms,
} from './directory-snapshot.ts';

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
  termsAt(at: Instant): TouchTerms | null;
}

/** The links and programmes in memory, so that a click needs no database. */
export interface LinkDirectory {
  /** Takes in one event of the log, in log order; an event that it doesn't need changes nothing. */
  apply(fact: Fact): void;
  link(code: string): Link | null;
  programme(programmeId: string): Programme | null;
  /** Whether the address lies on a host of any programme. */
  isOnProgrammeHost(address: URL): boolean;
  /** What it holds, in an order that depends on the log alone. */
  contents(): DirectoryContents;
  /** Holds this from now on, and nothing of what it held. */
  restore(contents: DirectoryContents): void;
}

export type DirectoryContents = Pick<DirectorySnapshot, 'programmes' | 'links'>;

export function createLinkDirectory(): LinkDirectory {
  let links = new Map<string, LinkEntry>();
  let programmes = new Map<string, ProgrammeEntry>();

  return {
    apply(fact) {
      if (fact.type === 'LinkCreated') {
        links.set(fact.data.code, LinkEntry.created(fact));
      } else if (fact.type === 'LinkRetargeted') {
        links.get(fact.data.code)?.retarget(fact);
      } else if (fact.type === 'LinkDisabled') {
        links.get(fact.data.code)?.disable(fact);
      } else if (fact.type === 'ProgrammeOpened') {
        programmes.set(fact.data.programmeId, ProgrammeEntry.opened(fact));
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
    contents: () => ({
      programmes: Array.from(programmes.values(), (programme) => programme.contents()),
      links: Array.from(links.values(), (link) => link.contents()),
    }),
    restore(contents) {
      programmes = new Map(
        contents.programmes.map((programme) => [
          programme.programmeId,
          new ProgrammeEntry(programme),
        ]),
      );
      links = new Map(contents.links.map((link) => [link[0], new LinkEntry(link)]));
    },
  };
}

/** What the programme asks of touches from a country; without terms in force, consent: nobody waived it. */
export function consentModeFor(terms: TouchTerms | null, country: string | null): ConsentMode {
  if (terms === null) return 'required';
  const ofCountry = country === null ? undefined : terms.consent.countries[country];
  return ofCountry ?? terms.consent.default;
}

class LinkEntry implements Link {
  readonly code: string;
  readonly programmeId: string;
  /** By the instant from which they hold, the latest last. */
  readonly #destinations: [from: Instant, href: string][];
  #disabledFrom: Instant | null;

  constructor([code, programmeId, destinations, disabledFrom]: LinkSnapshot) {
    this.code = code;
    this.programmeId = programmeId;
    this.#destinations = [...destinations];
    this.#disabledFrom = disabledFrom;
  }

  static created({ data, occurredAt }: FactOfType<'LinkCreated'>): LinkEntry {
    const destination: [Instant, string] = [occurredAt, new URL(data.destination).href];
    return new LinkEntry([data.code, data.programmeId, [destination], null]);
  }

  retarget({ data, occurredAt }: FactOfType<'LinkRetargeted'>) {
    this.#destinations.push([occurredAt, new URL(data.destination).href]);
    this.#destinations.sort(([one], [other]) => one - other);
  }

  disable({ occurredAt }: FactOfType<'LinkDisabled'>) {
    this.#disabledFrom = Math.min(this.#disabledFrom ?? occurredAt, occurredAt);
  }

  destinationAt(at: Instant): string {
    const inForce = this.#destinations.findLast(([from]) => from <= at) ?? this.#destinations[0];
    if (inForce === undefined) throw new Error(`link ${this.code} leads nowhere`);
    return inForce[1];
  }

  isDisabledAt(at: Instant): boolean {
    return this.#disabledFrom !== null && this.#disabledFrom <= at;
  }

  contents(): LinkSnapshot {
    return [this.code, this.programmeId, [...this.#destinations], this.#disabledFrom];
  }
}

class ProgrammeEntry implements Programme {
  readonly programmeId: string;
  readonly hosts: readonly string[];
  /** By (effectiveFrom, termsVersion), the greatest last. */
  readonly #terms: ProgrammeSnapshot['terms'];

  constructor({ programmeId, hosts, terms }: ProgrammeSnapshot) {
    this.programmeId = programmeId;
    this.hosts = hosts;
    this.#terms = [...terms];
  }

  static opened({ data }: FactOfType<'ProgrammeOpened'>): ProgrammeEntry {
    return new ProgrammeEntry({ programmeId: data.programmeId, hosts: data.hosts, terms: [] });
  }

  publish({ data: { effectiveFrom, termsVersion, terms } }: FactOfType<'TermsPublished'>) {
    const { windowDays, consent } = terms;
    this.#terms.push({ windowDays, consent, effectiveFrom, termsVersion });
    this.#terms.sort(
      (a, b) => a.effectiveFrom - b.effectiveFrom || a.termsVersion - b.termsVersion,
    );
  }

  termsAt(at: Instant): TouchTerms | null {
    return this.#terms.findLast(({ effectiveFrom }) => effectiveFrom <= at) ?? null;
  }

  contents(): ProgrammeSnapshot {
    return {
      programmeId: this.programmeId,
      hosts: [...this.hosts],
      terms: [...this.#terms],
    };
  }
}
