import type { EntityFact } from '@provisie/domain';
import { sql } from 'kysely';
import { entityFactOfRow, factsAbout } from '../batch/fact-rows.ts';
import { statement, type Session } from '../database/session.ts';

/** The partners' links and coupons, and all programmes that those belong to: their terms of payout follow from these. */
export async function programmeFactsOf(
  session: Session,
  partnerIds: readonly string[],
): Promise<(partnerId: string) => readonly EntityFact[]> {
  const owned = await ownedBy(session, partnerIds, partnerIds);
  const owners = new Map(
    owned.map(({ kind, code, partner_id }) => [`${kind} ${code}`, partner_id]),
  );
  const codes = new Set(owned.map(({ code }) => code));
  const rows = codes.size === 0 ? [] : await madeUnder(session, [...codes]);
  const byOwner = Map.groupBy(rows, ({ kind, key }) => owners.get(`${kind} ${key}`));
  const programmeIds = new Set<string>();
  const facts = new Map<string | undefined, readonly EntityFact[]>();
  for (const [owner, theirs] of byOwner) {
    const made = theirs.map(entityFactOfRow);
    facts.set(owner, made);
    for (const { data } of made) if ('programmeId' in data) programmeIds.add(data.programmeId);
  }
  const programmes = await factsAbout(session, 'programme', programmeIds);
  return (partnerId) => [...(facts.get(partnerId) ?? []), ...programmes];
}

/** Whose a code is: where several partners claim one, all that was said about it goes with the one that counts. */
const ownedBy = statement((db, dialect) => {
  const isTheirs = sql`partner_id ${sql.raw(dialect.is)} ${dialect.anyOf([])}`;
  return sql<{ readonly kind: string; readonly code: string; readonly partner_id: string }>`
    select 'link' as kind, code, partner_id from links where ${isTheirs}
    union all
    select 'coupon' as kind, code, partner_id from coupons where ${isTheirs}`.compile(db);
});

/** Links and coupons: a code may be one of each. */
const madeUnder = statement((db, dialect) =>
  db
    .selectFrom('facts')
    .selectAll()
    .where('kind', 'in', [sql.lit('link' as const), sql.lit('coupon' as const)])
    .where('key', dialect.is, dialect.anyOf([]))
    .where('type', 'in', [sql.lit('LinkCreated' as const), sql.lit('CouponIssued' as const)])
    .compile(),
);
