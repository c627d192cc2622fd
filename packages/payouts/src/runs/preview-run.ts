import type { Instant, PayoutAssessment, PayoutRunTotals } from '@provisie/domain';
import { onCaughtUpSnapshot } from '../caught-up.ts';
import { PayoutError } from '../errors.ts';
import type { PayoutPorts } from '../ports.ts';
import { assessments, PlanSum } from './plan.ts';
import type { PlanQuestion, RunRequest } from './plan.ts';

type Status = PayoutAssessment['status'];

/** What a run would do now. */
export interface RunPreview extends RunRequest {
  readonly at: Instant;
  /** What would be paid. */
  readonly due: PayoutRunTotals;
  /** The partners who wouldn't be paid, and what they are owed net of VAT. */
  readonly belowThreshold: { readonly partners: number; readonly netCents: number };
  readonly blocked: { readonly partners: number; readonly netCents: number };
  /** Partners by what blocks them; one may have several reasons. */
  readonly blocks: Readonly<Record<string, number>>;
  /** An approval that names it is refused when anything has changed. */
  readonly fingerprint: string;
}

/** Sees each partner as they go by: due, below the threshold, or blocked. */
export type SeePartner = (assessment: PayoutAssessment) => Promise<void> | void;

/** Works out a run without writing anything. */
export async function previewRun(
  ports: PayoutPorts,
  request: RunRequest,
  see: SeePartner = () => {},
): Promise<RunPreview> {
  const question = questionOf(ports, request);
  const sum = new PlanSum(request);
  const others: Record<Exclude<Status, 'due'>, { partners: number; netCents: number }> = {
    below_threshold: { partners: 0, netCents: 0 },
    blocked: { partners: 0, netCents: 0 },
  };
  const blocks: Record<string, number> = {};
  await onCaughtUpSnapshot(ports, async (model) => {
    for await (const assessment of assessments(model, question)) {
      await see(assessment);
      if (assessment.status === 'due') sum.add(assessment);
      else {
        others[assessment.status].partners += 1;
        others[assessment.status].netCents += assessment.netCents;
      }
      for (const { reason } of assessment.blocks) blocks[reason] = (blocks[reason] ?? 0) + 1;
    }
  });
  return {
    ...request,
    at: question.at,
    due: sum.totals,
    belowThreshold: others.below_threshold,
    blocked: others.blocked,
    blocks,
    fingerprint: sum.fingerprint(),
  };
}

/** The question as of now; throws for a cut-off that isn't over yet. */
export function questionOf({ now, policy }: PayoutPorts, request: RunRequest): PlanQuestion {
  const at = now();
  if (request.cutOff > at) {
    throw new PayoutError(
      'cut_off_in_future',
      'What becomes payable later isn’t known yet: give a cut-off that is over, or none.',
      [{ where: '/cutOff', message: 'lies in the future' }],
    );
  }
  return { ...request, at, coolingMs: policy.coolingMs };
}
