import { fork } from 'node:child_process';
import { NOTHING, sum, type Totals } from './totals.ts';

/**
 * Shares the seeds out to processes, as each run replaces the clock of a whole one: the first takes the first, the
 * second the second, and so on in turns. Resolves to what all of them came to.
 */
export async function runJobs(args: readonly string[], jobs: number): Promise<Totals> {
  const done = await Promise.all(Array.from({ length: jobs }, (_, job) => runJob(args, job, jobs)));
  return done.reduce(sum, NOTHING);
}

function runJob(args: readonly string[], job: number, jobs: number): Promise<Totals> {
  const main = new URL('main.ts', import.meta.url);
  return new Promise((resolve, reject) => {
    const child = fork(main, [...args, '--job', `${String(job)}/${String(jobs)}`]);
    let totals: Totals | null = null;
    child.on('message', (told: Totals) => {
      totals = told;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (totals === null) reject(new Error(`A simulating process ended with ${String(code)}.`));
      else resolve(totals);
    });
  });
}
