import { readWishes, USAGE, type Wishes } from './command-line.ts';
import { VirtualProcess } from './machinery/virtual-process.ts';
import { runJobs } from './jobs.ts';
import { simulate, type RunReport } from './run.ts';
import { shrink } from './shrink.ts';
import { NOTHING, sum, totalsOf, totalsText, type Totals } from './totals.ts';

const LONGEST = 1500;
const realNow = Date.now;

try {
  const args = process.argv.slice(2);
  const wishes = readWishes(args, realNow());
  const isOne = wishes.jobs === 1;
  if (process.send === undefined) {
    console.log(`seed=${String(wishes.seed)} steps=${String(wishes.steps)}`);
  }
  const startedAt = realNow();
  const totals = isOne ? await runInTurn(wishes) : await runJobs(shared(args, wishes), wishes.jobs);
  const seconds = ((realNow() - startedAt) / 1000).toFixed(0);
  console.log(`${isOne ? '' : 'all: '}${totalsText(totals)}, ${seconds} s`);
  const code = totals.failed > 0 ? 1 : 0;
  if (process.send === undefined) process.exit(code);
  process.send(totals, () => process.exit(code));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error(USAGE);
  process.exit(2);
}

/** What each of several processes is started with. */
function shared(args: readonly string[], { seed, runs }: Wishes): string[] {
  return ['--seed', String(seed), '--runs', String(runs), ...args, '--jobs', '1'];
}

async function runInTurn(wishes: Wishes): Promise<Totals> {
  const { seed, runs, seconds, steps, without, trace, job } = wishes;
  const virtual = new VirtualProcess();
  const startedAt = realNow();
  const isOver = () => seconds !== null && realNow() - startedAt > seconds * 1000;
  let totals = NOTHING;
  let lastTrace = '';
  let toldAt = startedAt;
  for (let index = job.index; index < runs && !isOver(); index += job.of) {
    const options = { seed: seed + index, steps, without, print: trace, process: virtual };
    const report = await simulate(options);
    totals = sum(totals, totalsOf(report));
    lastTrace = report.hash.slice(0, 16);
    if (report.violations.length > 0) {
      tell(report, steps, wishes);
      if (!trace) {
        const small = await shrink(report, options, simulate);
        if (small.report !== report) tell(small.report, small.steps, { ...wishes, ...small });
      }
    }
    if (realNow() - toldAt > 30_000) {
      toldAt = realNow();
      console.log(totalsText(totals));
    }
  }
  console.log(`last trace ${lastTrace}`);
  return totals;
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
