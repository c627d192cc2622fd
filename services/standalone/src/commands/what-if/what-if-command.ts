import type { Stores } from '@provisie/engines';
import { UsageError } from '@provisie/process';
import {
  SuppositionError,
  whatIf,
  type OrderDifference,
  type WhatIf,
  type WhatIfOptions,
} from '@provisie/read-model';
import { withLog } from '../../installation.ts';
import { showProgress } from '../../progress.ts';
import { print } from '../output.ts';
import { typedMoment } from '../typed.ts';
import { readChanges } from './changes-file.ts';
import { differenceText, ordersText, partnersText, termsText } from './what-if-text.ts';

export interface WhatIfChoices {
  readonly from?: string;
  readonly to?: string;
  readonly orders: boolean;
  readonly json: boolean;
}

interface WhatIfRequest extends WhatIfChoices {
  readonly programmeId: string;
  /** What differs from the terms in force, as JSON. */
  readonly file: string;
}

/** `provisie what-if`: what partners would have earned under other terms; also while a server runs. */
export async function whatIfCommand(stores: Stores, request: WhatIfRequest): Promise<void> {
  const changes = readChanges(request.file);
  const [from, to] = [
    await moment('--from', request.from, 'first'),
    await moment('--to', request.to, 'last'),
  ];
  if (from !== undefined && to !== undefined && to < from) {
    throw new UsageError(`--to: ${String(request.to)} is before --from ${String(request.from)}.`);
  }
  const orders: OrderDifference[] = [];
  const before = to === undefined ? undefined : to + 1;
  const asked = { programmeId: request.programmeId, changes, from, before };
  const outcome = await worked(stores, asked, (order) => {
    if (request.orders && request.json) print(JSON.stringify(order));
    else if (request.orders) orders.push(order);
  });
  if (request.json) {
    if (request.orders) return;
    for (const partner of outcome.partners) print(JSON.stringify(partner));
    return;
  }
  print(termsText(outcome));
  print();
  print(request.orders ? ordersText(orders) : partnersText(outcome));
  print();
  print(differenceText(outcome, request.orders));
}

async function worked(
  stores: Stores,
  asked: Pick<WhatIfOptions, 'programmeId' | 'changes' | 'from' | 'before'>,
  onOrder: (order: OrderDifference) => void,
): Promise<WhatIf> {
  const progress = showProgress('Working out both sides', 'positions');
  const onProgress = ({ handled, total }: { handled: number; total: number }) => {
    progress.update(handled, total);
  };
  try {
    return await withLog(stores, 'read', (store) =>
      whatIf({ store, ...asked, onProgress, onOrder }),
    );
  } catch (error) {
    if (error instanceof SuppositionError) throw new UsageError(error.message, { cause: error });
    throw error;
  } finally {
    progress.stop();
  }
}

async function moment(
  option: string,
  text: string | undefined,
  ofDay: 'first' | 'last',
): Promise<number | undefined> {
  return text === undefined ? undefined : Date.parse(await typedMoment(option, text, ofDay));
}
