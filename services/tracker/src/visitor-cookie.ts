import { visitorIdSchema } from '@provisie/domain';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { TouchTerms } from './directory/directory-snapshot.ts';

const NAME = 'pv_visitor';
const SECONDS_PER_DAY = 86_400;
/** Browsers cap the age of a cookie at this (RFC 6265bis), and Hono refuses more. */
const MAX_DAYS = 400;

export function readVisitorCookie(context: Context): string | null {
  const value = visitorIdSchema.safeParse(getCookie(context, NAME));
  return value.success ? value.data : null;
}

/** Keeps the visitor for as long as a touch may count, from this click on. */
export function keepVisitor(
  context: Context,
  visitorId: string,
  terms: TouchTerms,
  secure: boolean,
) {
  setCookie(context, NAME, visitorId, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge: Math.min(terms.windowDays, MAX_DAYS) * SECONDS_PER_DAY,
  });
}

/** Random: unlike a ULID it doesn't even tell when the visitor was first seen. */
export function newVisitorId(): string {
  return crypto.randomUUID();
}
