import { Worker } from 'node:worker_threads';

/** Runs statements in a thread of their own: an index over millions of rows takes seconds. */
export async function defineApart(file: string, statements: readonly string[]): Promise<void> {
  const thread = new Worker(new URL('define-thread.ts', import.meta.url), {
    workerData: { file, statements },
  });
  await new Promise<void>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The thread that ran "${statements.join('; ')}" ended with ${code}.`));
    });
  });
}
