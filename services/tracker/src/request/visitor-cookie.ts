import { visitorIdSchema } from '@provisie/domain';
import { parse } from 'hono/utils/cookie';
import type { TouchTerms } from '../directory/directory-snapshot.ts';
import type { RequestHeaders } from '../tracker-context.ts';

const NAME = 'pv_visitor';
const SECONDS_PER_DAY = 86_400;
/** Browsers cap the age of a cookie at this (RFC 6265bis). */
const MAX_DAYS = 400;

export function readVisitorCookie(headers: RequestHeaders): string | null {
  const cookies = headers.get('cookie');
  const value = cookies === null ? undefined : parse(cookies, NAME)[NAME];
  return value !== undefined && visitorIdSchema.safeParse(value).success ? value : null;
}

/** The `Set-Cookie` that keeps the visitor for as long as a touch may count, from this click on (RFC 6265). */
export function visitorCookie(visitorId: string, terms: TouchTerms, secure: boolean): string {
  const maxAge = Math.min(terms.windowDays, MAX_DAYS) * SECONDS_PER_DAY;
  // A visitor's id is made of letters, digits, - and _, so nothing needs an escape.
  return `${NAME}=${visitorId}; Max-Age=${String(maxAge)}; Path=/; HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=Lax`;
}

/** Random: unlike a ULID it doesn't even tell when the visitor was first seen. */
export function newVisitorId(): string {
  return crypto.randomUUID();
}
