import type { EntityFact } from '@provisie/domain';
import { aboutOf, factsAbout, keepFact, type About } from './fact-rows.ts';
import type { Session } from './session.ts';
import type { FactKind } from './tables.ts';

/** The facts of the orders, payouts and write-offs that a batch has to do with: each thing's are read once. */
export class BatchFacts {
  readonly #session: Session;
  readonly #known = new Map<string, EntityFact[]>();

  private constructor(session: Session) {
    this.#session = session;
  }

  /** Reads what is known of the orders that these facts are about, all at once. */
  static async ofOrdersIn(session: Session, facts: readonly EntityFact[]): Promise<BatchFacts> {
    const batchFacts = new BatchFacts(session);
    const orderIds = new Set<string>();
    for (const { kind, key } of facts.map(aboutOf)) {
      if (kind === 'order' || kind === 'verdict') orderIds.add(key);
    }
    await batchFacts.#read('order', orderIds);
    await batchFacts.#read('verdict', orderIds);
    return batchFacts;
  }

  async keep(fact: EntityFact): Promise<void> {
    await keepFact(this.#session, fact);
    this.#known.get(nameOf(aboutOf(fact)))?.push(fact);
  }

  /** The facts about these things of one kind, thing by thing, each in log order. */
  async about(kind: FactKind, keys: readonly string[]): Promise<EntityFact[]> {
    const unknown = keys.filter((key) => !this.#known.has(nameOf({ kind, key })));
    await this.#read(kind, new Set(unknown));
    return keys.flatMap((key) => this.#known.get(nameOf({ kind, key })) ?? []);
  }

  async #read(kind: FactKind, keys: ReadonlySet<string>): Promise<void> {
    for (const key of keys) this.#known.set(nameOf({ kind, key }), []);
    for (const fact of await factsAbout(this.#session, kind, keys)) {
      this.#known.get(nameOf(aboutOf(fact)))?.push(fact);
    }
  }
}

function nameOf({ kind, key }: About): string {
  return `${kind} ${key}`;
}
