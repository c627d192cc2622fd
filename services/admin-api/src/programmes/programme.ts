import { z } from '@hono/zod-openapi';
import {
  hostPatternSchema,
  programmeIdSchema,
  programmeState,
  streams,
  termsSchema,
} from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import type { ProgrammeView } from '@provisie/read-model';
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

/** Throws `not_found`: the programme is what the request is about. */
export function knownProgramme(facts: readonly Fact[]): ProgrammeView {
  const programme = programmeState(facts);
  if (programme === null) throw problem('not_found', 'There is no such programme.');
  return programme;
}

/** For something that is to belong to the programme. Throws `programme_unknown` or `programme_closed`. */
export async function openProgrammeFor(
  store: EventStore,
  programmeId: string,
): Promise<ProgrammeView> {
  const programme = programmeState(await readFacts(store, streams.programme(programmeId)));
  if (programme === null) {
    throw problem('programme_unknown', `There is no programme ${programmeId}; open it first.`);
  }
  if (programme.closedAt !== null) {
    throw problem('programme_closed', `The programme ${programmeId} takes nothing new.`);
  }
  return programme;
}
