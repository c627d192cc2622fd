import type { Facts, IdentificationFact, TouchFact } from '../facts.ts';
import type { PlacedFact } from '../history/order-history.ts';
import { countingIdentification, countingTouch } from '../repeats.ts';
import { latestFirst } from './latest-first.ts';

/**
 * Of a visitor, an order considers their latest touches up to so many. Nobody clicks that often: it is a program, or
 * many people under one id, and an order must not cost the more the longer that goes on.
 */
export const MOST_TOUCHES_OF_VISITOR = 10_000;

/** The touches up to the order, each once, by touch id. */
export function touchesBefore(
  placed: PlacedFact,
  touches: readonly TouchFact[],
): ReadonlyMap<string, TouchFact> {
  const counting = new Map<string, TouchFact>();
  for (const touch of touches) {
    if (touch.occurredAt > placed.occurredAt) continue;
    counting.set(touch.touchId, countingTouch(counting.get(touch.touchId), touch));
  }
  return counting;
}

/** Of each visitor the latest, up to `MOST_TOUCHES_OF_VISITOR`. */
export function consideredOf(touches: ReadonlyMap<string, TouchFact>): readonly TouchFact[] {
  const all = [...touches.values()];
  if (all.length <= MOST_TOUCHES_OF_VISITOR) return all;
  const ofEach = [...Map.groupBy(all, (touch) => touch.visitorId).values()];
  return ofEach.flatMap((ofOne) => ofOne.sort(latestFirst).slice(0, MOST_TOUCHES_OF_VISITOR));
}

/**
 * Rule 1(b): the visitors tied to an order. Its `visitorId`, the visitor of its `clickId`, the visitors
 * identified as its customer; and, from a visit of one of those, the visitor of the click that opened the page
 * (the tracker's cookie and the snippet may know one browser by two ids). What comes after the order ties nobody.
 * `touches`: all of `touchesBefore`, by id.
 */
export function visitorsTiedTo(
  placed: PlacedFact,
  touches: ReadonlyMap<string, TouchFact>,
  considered: readonly TouchFact[],
  facts: Facts,
): ReadonlySet<string> {
  const tied = new Set<string>();
  if (placed.data.visitorId !== undefined) tied.add(placed.data.visitorId);
  const clicked = visitorOfClick(placed.data.clickId ?? null, touches);
  if (clicked !== null) tied.add(clicked);
  for (const visitorId of identifiedVisitors(placed, facts.identifications)) tied.add(visitorId);
  for (const visitorId of visitorsBehindVisits(tied, touches, considered)) tied.add(visitorId);
  return tied;
}

function identifiedVisitors(
  placed: PlacedFact,
  identifications: readonly IdentificationFact[],
): readonly string[] {
  if (identifications.length === 0) return [];
  const counting = new Map<string, IdentificationFact>();
  for (const fact of identifications) {
    if (fact.occurredAt > placed.occurredAt) continue;
    counting.set(fact.touchId, countingIdentification(counting.get(fact.touchId), fact));
  }
  return [...counting.values()]
    .filter((fact) => fact.customer === placed.data.customer)
    .map((fact) => fact.visitorId);
}

function visitorsBehindVisits(
  tied: ReadonlySet<string>,
  touches: ReadonlyMap<string, TouchFact>,
  considered: readonly TouchFact[],
): readonly string[] {
  const behind: string[] = [];
  for (const touch of considered) {
    if (touch.clickId === null || touch.kind !== 'visit' || !tied.has(touch.visitorId)) continue;
    const visitorId = visitorOfClick(touch.clickId, touches);
    if (visitorId !== null) behind.push(visitorId);
  }
  return behind;
}

function visitorOfClick(
  clickId: string | null,
  touches: ReadonlyMap<string, TouchFact>,
): string | null {
  if (clickId === null) return null;
  const touch = touches.get(clickId);
  return touch?.kind === 'click' ? touch.visitorId : null;
}
