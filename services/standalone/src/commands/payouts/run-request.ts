import { typedMoment } from '../typed.ts';

/** What a run is to pay, as it was typed. */
export interface RunChoices {
  readonly cutOff?: string;
  readonly currency: string;
  readonly partner?: readonly string[];
}

/** What a run is to pay, as the API takes it. */
export interface RunRequest {
  readonly currency: string;
  /** ISO 8601; null: now. */
  readonly cutOff: string | null;
  /** Null: everyone who is due. */
  readonly partnerIds: readonly string[] | null;
}

export async function runRequestOf({ cutOff, currency, partner }: RunChoices): Promise<RunRequest> {
  return {
    currency,
    cutOff: cutOff === undefined ? null : await typedMoment('--cut-off', cutOff, 'last'),
    partnerIds: partner ?? null,
  };
}

export function queryOf({ currency, cutOff, partnerIds }: RunRequest): URLSearchParams {
  const query = new URLSearchParams({ currency });
  if (cutOff !== null) query.set('cutOff', cutOff);
  for (const partnerId of partnerIds ?? []) query.append('partnerId', partnerId);
  return query;
}
