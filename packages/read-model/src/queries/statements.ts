import { sql } from 'kysely';
import { InvalidMomentsError } from '../errors.ts';
import type { Session } from '../database/session.ts';
import type {
  AsOf,
  PageRequest,
  StatementBalance,
  StatementDifference,
  StatementLine,
  StatementRequest,
  StatementView,
} from '../views.ts';
import { throughInstant, throughPlace } from './account-sums.ts';
import { pageOf } from './cursor.ts';
import {
  balanceThrough,
  isAfter,
  isIn,
  linesWhere,
  pageStart,
  placeOf,
  plusLine,
} from './partner-lines.ts';

const NOTHING: StatementBalance = { pendingCents: 0, balanceCents: 0 };

/** A partner's account, line by line, each with the balance after it. */
export async function statementOf(
  session: Session,
  { partnerId, currency, from, asOf, knownAt }: StatementRequest,
  page: PageRequest,
): Promise<StatementView> {
  const { after, upTo } = await pageStart(session, page);
  const account = { partnerId, currency, upTo };
  const opening =
    from === null
      ? NOTHING
      : await balanceThrough(session, account, throughInstant(Math.min(from - 1, asOf)), knownAt);
  const shown =
    after === null || (from !== null && after[0] < from)
      ? opening
      : await balanceThrough(session, account, throughPlace(after), knownAt);
  const closing = await balanceThrough(session, account, throughInstant(asOf), knownAt);
  const all = isIn({ asOf, knownAt });
  const following = after === null ? all : sql<boolean>`${all} and ${isAfter(after)}`;
  const lines = await linesWhere(
    session,
    account,
    from === null ? following : sql<boolean>`${following} and l.effective_at >= ${from}`,
    page.limit + 1,
  );
  const { rows, next } = pageOf(
    withBalances(lines, shown),
    page.limit,
    (line) => placeOf(line, account),
    (line) => line,
  );
  return {
    partnerId,
    currency,
    opening,
    lines: rows,
    closing,
    next,
  };
}

function withBalances(
  lines: readonly StatementLine[],
  before: StatementBalance,
): (StatementLine & StatementBalance)[] {
  let balance = before;
  return lines.map((line) => {
    balance = plusLine(balance, line);
    return { ...line, ...balance };
  });
}

/** The lines that are in the account at the later pair of moments and aren't at the earlier one. */
export async function differenceOf(
  session: Session,
  { partnerId, currency }: { readonly partnerId: string; readonly currency: string },
  before: AsOf,
  after: AsOf,
  page: PageRequest,
): Promise<StatementDifference> {
  expectLater(before, after);
  const start = await pageStart(session, page);
  const account = { partnerId, currency, upTo: start.upTo };
  const [wasIn, isInNow] = [isIn(before), isIn(after)];
  const balanceAt = ({ asOf, knownAt }: AsOf) =>
    balanceThrough(session, account, throughInstant(asOf), knownAt);
  const added = sql<boolean>`${isInNow} and not (${wasIn})`;
  const lines = await linesWhere(
    session,
    account,
    start.after === null ? added : sql<boolean>`${added} and ${isAfter(start.after)}`,
    page.limit + 1,
  );
  const { rows, next } = pageOf(
    lines,
    page.limit,
    (line) => placeOf(line, account),
    (line) => ({
      ...line,
      why: line.effectiveAt <= before.asOf ? ('heard_since' as const) : ('happened_since' as const),
    }),
  );
  return {
    partnerId,
    currency,
    before: await balanceAt(before),
    after: await balanceAt(after),
    lines: rows,
    next,
  };
}

/** Lines are never taken away: going on in both clocks only adds some. */
function expectLater(before: AsOf, after: AsOf): void {
  if (after.asOf < before.asOf) throw new InvalidMomentsError('asOf');
  const [known, knownLater] = [before.knownAt ?? Infinity, after.knownAt ?? Infinity];
  if (knownLater < known) throw new InvalidMomentsError('knownAt');
}
