import { z } from 'zod';
import type { Session } from '../database/session.ts';
import type {
  CouponView,
  LinkView,
  Page,
  PageRequest,
  PartnerStatus,
  PartnerView,
  ProgrammeView,
} from '../views.ts';
import { idPlace, pageOf, placeOfCursor } from './cursor.ts';

/** The projector wrote these texts from views: their shape needs no second check. */
const programmeView = z.custom<ProgrammeView>();
const partnerView = z.custom<PartnerView>();
const linkView = z.custom<LinkView>();
const couponView = z.custom<CouponView>();

interface Viewed {
  readonly view: string;
}

const read =
  <View>(schema: z.ZodType<View>) =>
  (row: Viewed): View =>
    schema.parse(JSON.parse(row.view));

export async function listProgrammes(
  { db }: Session,
  page: PageRequest,
): Promise<Page<ProgrammeView>> {
  const [after] = placeOfCursor(page, idPlace) ?? [''];
  const rows = await db
    .selectFrom('programmes')
    .selectAll()
    .where('programme_id', '>', after)
    .orderBy('programme_id')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows, page.limit, (row) => [row.programme_id], read(programmeView));
}

export async function findProgramme(
  { db }: Session,
  programmeId: string,
): Promise<ProgrammeView | null> {
  const row = await db
    .selectFrom('programmes')
    .select('view')
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  return row === undefined ? null : read(programmeView)(row);
}

export async function listPartners(
  { db }: Session,
  filter: { readonly status?: PartnerStatus },
  page: PageRequest,
): Promise<Page<PartnerView>> {
  const [after] = placeOfCursor(page, idPlace) ?? [''];
  let query = db
    .selectFrom('partners')
    .selectAll()
    .where('partner_id', '>', after)
    .orderBy('partner_id')
    .limit(page.limit + 1);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  const rows = await query.execute();
  return pageOf(rows, page.limit, (row) => [row.partner_id], read(partnerView));
}

export async function findPartner({ db }: Session, partnerId: string): Promise<PartnerView | null> {
  const row = await db
    .selectFrom('partners')
    .select('view')
    .where('partner_id', '=', partnerId)
    .executeTakeFirst();
  return row === undefined ? null : read(partnerView)(row);
}

interface OwnedFilter {
  readonly partnerId?: string;
  readonly programmeId?: string;
}

async function ownedRows(
  { db }: Session,
  table: 'links' | 'coupons',
  filter: OwnedFilter,
  page: PageRequest,
) {
  const [after] = placeOfCursor(page, idPlace) ?? [''];
  let query = db
    .selectFrom(table)
    .selectAll()
    .where('code', '>', after)
    .orderBy('code')
    .limit(page.limit + 1);
  if (filter.partnerId !== undefined) query = query.where('partner_id', '=', filter.partnerId);
  if (filter.programmeId !== undefined) {
    query = query.where('programme_id', '=', filter.programmeId);
  }
  return query.execute();
}

async function ownedRow({ db }: Session, table: 'links' | 'coupons', code: string) {
  return db.selectFrom(table).select('view').where('code', '=', code).executeTakeFirst();
}

export async function listLinks(
  session: Session,
  filter: OwnedFilter,
  page: PageRequest,
): Promise<Page<LinkView>> {
  const rows = await ownedRows(session, 'links', filter, page);
  return pageOf(rows, page.limit, (row) => [row.code], read(linkView));
}

export async function findLink(session: Session, code: string): Promise<LinkView | null> {
  const row = await ownedRow(session, 'links', code);
  return row === undefined ? null : read(linkView)(row);
}

export async function listCoupons(
  session: Session,
  filter: OwnedFilter,
  page: PageRequest,
): Promise<Page<CouponView>> {
  const rows = await ownedRows(session, 'coupons', filter, page);
  return pageOf(rows, page.limit, (row) => [row.code], read(couponView));
}

export async function findCoupon(session: Session, code: string): Promise<CouponView | null> {
  const row = await ownedRow(session, 'coupons', code);
  return row === undefined ? null : read(couponView)(row);
}
