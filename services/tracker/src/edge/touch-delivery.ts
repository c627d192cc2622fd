import type { NewFact } from '@provisie/domain';

/** Where an edge worker takes touches to: a collector, or a queue in front of one. */
export interface TouchDelivery {
  /** In one call of `deliver`. */
  readonly mostAtOnce: number;
  /**
   * What became of each touch, in their order: all but the refused are durable. Rejects with `DeliveryError`; then
   * any of them may be durable or not, and they may be delivered again.
   */
  deliver(touches: readonly NewFact[]): Promise<readonly DeliveredTouch[]>;
}

export type DeliveredTouch = 'accepted' | 'repeated' | 'refused';

export type DeliveryErrorCode =
  | 'collector_unreachable'
  | 'collector_busy'
  | 'collector_refuses'
  | 'collector_foreign'
  | 'touches_refused'
  | 'queue_failed'
  | 'touches_given_up';

/** The message names no secret and no visitor. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly code: DeliveryErrorCode;
  /** False when the same again would fail again until somebody changes something. */
  readonly mayPass: boolean;

  constructor(code: DeliveryErrorCode, message: string, mayPass: boolean, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mayPass = mayPass;
  }
}
