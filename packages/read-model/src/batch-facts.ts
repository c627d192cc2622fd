import type { EntityFact } from '@provisie/domain';
import { aboutOf, factsAbout, keepFact, type About } from './fact-rows.ts';
import { NamedLines } from './named-lines.ts';
import type { Session } from './session.ts';
import type { EntityKind } from './tables.ts';

/** The facts of the orders, payouts and write-offs that a batch has to do with: each thing's are read once. */
export class BatchFacts {
  readonly #session: Session;
  readonly #known = new Map<string, EntityFact[]>();
  readonly #namedLines = new NamedLines();

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
    await batchFacts.expectOrders(orderIds);
    return batchFacts;
  }

  /** Reads what is known of these orders at once, for what is done with them next. */
  async expectOrders(orderIds: Iterable<string>): Promise<void> {
    const expected = [...orderIds];
    for (const kind of ['order', 'verdict'] as const) {
      await this.#read(kind, this.#unknown(kind, expected));
    }
  }

  async keep(fact: EntityFact): Promise<void> {
    await keepFact(this.#session, fact);
    this.#known.get(nameOf(aboutOf(fact)))?.push(fact);
  }

  /** The facts about these things of one kind, thing by thing, each in log order. */
  async about(kind: EntityKind, keys: readonly string[]): Promise<EntityFact[]> {
    await this.#read(kind, this.#unknown(kind, keys));
    return keys.flatMap((key) => this.#known.get(nameOf({ kind, key })) ?? []);
  }

  /** As `about`, with no more of the lines of payouts and write-offs than what they say of these orders. */
  async naming(
    kind: 'payout' | 'write_off',
    keys: readonly string[],
    orderIds: ReadonlySet<string>,
  ): Promise<EntityFact[]> {
    await this.#read(kind, this.#unknown(kind, keys));
    return keys.flatMap((key) =>
      this.#namedLines.narrowed(this.#known.get(nameOf({ kind, key })) ?? [], orderIds),
    );
  }

  #unknown(kind: EntityKind, keys: readonly string[]): ReadonlySet<string> {
    return new Set(keys.filter((key) => !this.#known.has(nameOf({ kind, key }))));
  }

  async #read(kind: EntityKind, keys: ReadonlySet<string>): Promise<void> {
    if (keys.size === 0) return;
    for (const key of keys) this.#known.set(nameOf({ kind, key }), []);
    for (const fact of await factsAbout(this.#session, kind, keys)) {
      this.#known.get(nameOf(aboutOf(fact)))?.push(fact);
    }
  }
}

function nameOf({ kind, key }: About): string {
  return `${kind} ${key}`;
}
