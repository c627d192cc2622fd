import type { ReadModelSnapshot } from '@provisie/read-model';
import { PayoutError } from './errors.ts';
import type { PayoutPorts } from './ports.ts';

type Ports = Pick<PayoutPorts, 'store' | 'readModel' | 'waitMs'>;

const DEFAULT_WAIT_MS = 10_000;

/** Waits until the read model has handled everything that is in the log now; resolves to how far that is. */
export async function untilCaughtUp({
  store,
  readModel,
  waitMs = DEFAULT_WAIT_MS,
}: Ports): Promise<number> {
  const head = await store.head();
  if (await readModel.waitFor(head, waitMs)) return head;
  throw behind();
}

/** Reads on a read model that is caught up, all at one position, whatever is recorded meanwhile. */
export async function onCaughtUpSnapshot<Result>(
  ports: Ports,
  work: (model: ReadModelSnapshot) => Promise<Result>,
): Promise<Result> {
  const head = await untilCaughtUp(ports);
  return ports.readModel.snapshot(async (model) => {
    if (model.position < head) throw behind();
    return work(model);
  });
}

function behind(): PayoutError {
  return new PayoutError(
    'read_model_behind',
    'The read model has not handled all that is in the log yet. Nothing was done; try again.',
  );
}
