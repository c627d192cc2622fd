import { VirtualProcess } from './machinery/virtual-process.ts';
import { simulate } from './run.ts';
import { parseArgs } from 'node:util';

const realNow = Date.now;
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    hours: { type: 'string' },
    steps: { type: 'string', default: '60' },
    trace: { type: 'boolean', default: false },
  },
});
const base = Number(values.seed ?? String(realNow() % 1_000_000_000));
const runs = Number(values.runs ?? '1');
const process_ = new VirtualProcess();
let events = 0, answers = 0, faults = 0;
const t0 = realNow();
for (let index = 0; index < runs; index += 1) {
  const seed = base + index;
  const report = await simulate({
    seed,
    steps: Number(values.steps),
    print: values.trace,
    process: process_,
  });
  events += report.events; answers += report.answers; faults += report.faults;
  if (process.env['HASH']) console.log(seed, report.hash.slice(0,16), report.traceSteps, report.events, report.answers, report.faults);
  if (report.violations.length > 0) {
    console.log(`seed=${seed}`); for (const v of report.violations.slice(0,4)) console.log('   ', v.slice(0,1500));
  }
}
console.log(`base ${base}: ${runs} runs, ${events} events, ${answers} answers, ${faults} faults, ${realNow() - t0} ms`);
