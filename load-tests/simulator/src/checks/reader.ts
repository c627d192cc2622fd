import type { z } from 'zod';
import type { VirtualProcess } from '../machinery/virtual-process.ts';
import type { Desk } from '../people/desk.ts';

/** Asks the API once everything is quiet. */
export class Reader {
  readonly #desk: Desk;
  readonly #process: VirtualProcess;

  constructor(desk: Desk, process: VirtualProcess) {
    this.#desk = desk;
    this.#process = process;
  }

  /** Null for 404. */
  async read<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Promise<z.infer<Schema> | null> {
    const asking = this.#desk.ask({ name: `read ${path}`, part: 'api', method: 'GET', path });
    const answer = await drive(this.#process, asking);
    if (answer?.status === 404) return null;
    if (answer?.status !== 200) {
      throw new Error(
        `${path} is answered ${String(answer?.status)}: ${JSON.stringify(answer?.body)}`,
      );
    }
    return schema.parse(answer.body);
  }
}

/** Lets everything go on until it is done. */
export async function drive<Result>(
  process: VirtualProcess,
  work: Promise<Result>,
): Promise<Result> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  for (;;) {
    await process.settle();
    if (isDone) return work;
    if (process.timers > 0) process.passToNextTimer();
  }
}
