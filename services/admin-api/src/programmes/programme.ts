import { z } from '@hono/zod-openapi';
import { hostPatternSchema, programmeIdSchema, termsSchema } from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { streams } from '@provisie/domain';
import type { ProgrammeView, TermsView } from '@provisie/read-model';
import { readFacts } from '../change-stream.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { problem } from '../problems.ts';

export const programmeSchema = z
  .object({
    programmeId: programmeIdSchema,
    name: z.string(),
    hosts: z.array(hostPatternSchema).readonly(),
    openedAt: instantAnswer,
    closedAt: instantAnswer.nullable(),
    terms: z
      .array(
        z.object({
          termsVersion: z.int(),
          effectiveFrom: instantAnswer,
          publishedAt: instantAnswer,
          terms: termsSchema,
        }),
      )
      .readonly()
      .openapi({ description: 'By version, newest first.' }),
  })
  .openapi('Programme');

export const programmeParams = z.object({ programmeId: programmeIdSchema });

export function programmeAnswer(programme: ProgrammeView) {
  const terms = programme.terms.map((version) => inIso(version, ['effectiveFrom', 'publishedAt']));
  return { ...inIso(programme, ['openedAt', 'closedAt']), terms };
}

/** The programme that the facts of its stream tell of; null when it was never opened. */
export function programmeOf(facts: readonly Fact[]): ProgrammeView | null {
  const opened = facts.find((fact) => fact.type === 'ProgrammeOpened');
  if (opened === undefined) return null;
  const closed = facts.find((fact) => fact.type === 'ProgrammeClosed');
  const terms = facts
    .filter((fact) => fact.type === 'TermsPublished')
    .map((fact): TermsView => ({
      termsVersion: fact.data.termsVersion,
      effectiveFrom: fact.data.effectiveFrom,
      publishedAt: fact.occurredAt,
      terms: fact.data.terms,
    }));
  return {
    ...opened.data,
    openedAt: opened.occurredAt,
    closedAt: closed?.occurredAt ?? null,
    terms: terms.reverse(),
  };
}

/** Throws `not_found`: the programme is what the request is about. */
export function knownProgramme(facts: readonly Fact[]): ProgrammeView {
  const programme = programmeOf(facts);
  if (programme === null) throw problem('not_found', 'There is no such programme.');
  return programme;
}

/** For something that is to belong to the programme. Throws `programme_unknown` or `programme_closed`. */
export async function openProgrammeFor(
  store: EventStore,
  programmeId: string,
): Promise<ProgrammeView> {
  const programme = programmeOf(await readFacts(store, streams.programme(programmeId)));
  if (programme === null) {
    throw problem('programme_unknown', `There is no programme ${programmeId}; open it first.`);
  }
  if (programme.closedAt !== null) {
    throw problem('programme_closed', `The programme ${programmeId} takes nothing new.`);
  }
  return programme;
}
