import { readWishes, USAGE, type Wishes } from './command-line.ts';
import { VirtualProcess } from './machinery/virtual-process.ts';
import { simulate, type RunReport } from './run.ts';
import { shrink } from './shrink.ts';

const LONGEST = 1500;
const realNow = Date.now;

try {
  process.exit(await main(readWishes(process.argv.slice(2), realNow())));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error(USAGE);
  process.exit(2);
}

/** 1 when a run found something. */
async function main(wishes: Wishes): Promise<number> {
  const { seed, runs, seconds, steps, without, trace } = wishes;
  const virtual = new VirtualProcess();
  const startedAt = realNow();
  const isOver = () => seconds !== null && realNow() - startedAt > seconds * 1000;
  const done: RunReport[] = [];
  let toldAt = startedAt;
  console.log(`seed=${String(seed)} steps=${String(steps)}`);
  for (let index = 0; index < runs && !isOver(); index += 1) {
    const options = { seed: seed + index, steps, without, print: trace, process: virtual };
    const report = await simulate(options);
    done.push(report);
    if (report.violations.length > 0) {
      tell(report, steps, wishes);
      if (!trace) {
        const small = await shrink(report, options, simulate);
        if (small.report !== report) tell(small.report, small.steps, { ...wishes, ...small });
      }
    }
    if (realNow() - toldAt > 30_000) {
      toldAt = realNow();
      console.log(sumOf(done, startedAt));
    }
  }
  console.log(sumOf(done, startedAt));
  return done.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

function tell(report: RunReport, steps: number, { without }: Wishes): void {
  const left = without.length === 0 ? '' : ` --without ${without.join(',')}`;
  console.log(`\nFAILED seed=${String(report.seed)} steps=${String(steps)}${left}`);
  for (const line of report.lastSteps) console.log(line.slice(0, 240));
  for (const violation of report.violations.slice(0, 8))
    console.log(`  ${violation.slice(0, LONGEST)}`);
  console.log(
    `Again: npm run simulate -- --seed ${String(report.seed)} --steps ${String(steps)}${left} --trace\n`,
  );
}

function sumOf(done: readonly RunReport[], startedAt: number): string {
  const sum = (of: (report: RunReport) => number) =>
    String(done.reduce((total, report) => total + of(report), 0));
  const failed = done.filter(({ violations }) => violations.length > 0);
  const last = done.at(-1);
  return [
    `${String(done.length)} runs`,
    `${sum(({ events }) => events)} events`,
    `${sum(({ answers }) => answers)} answers`,
    `${sum(({ faults }) => faults)} faults`,
    `${sum(({ payouts }) => payouts)} payouts`,
    `${sum(({ payments }) => payments)} payments`,
    `${String(failed.length)} failed`,
    `${((realNow() - startedAt) / 1000).toFixed(0)} s`,
    `last trace ${last?.hash.slice(0, 16) ?? ''}`,
  ].join(', ');
}
