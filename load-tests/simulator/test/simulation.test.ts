import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');

/** In a process of its own, because it replaces the clock, the timers and the randomness of the whole process. */
function simulate(
  ...args: readonly (string | number)[]
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const hear = (data: Buffer) => {
      output += data.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, output });
    });
  });
}

const traceOf = (output: string) => /last trace (\w+)/.exec(output)?.[1];

test('a seed gives the same run again, in another process', async () => {
  const [first, second] = [
    await simulate('--seed', 7, '--runs', 2, '--steps', 60),
    await simulate('--seed', 7, '--runs', 2, '--steps', 60),
  ];
  expect(traceOf(first.output)).toMatch(/^\w{16}$/);
  expect(traceOf(second.output)).toBe(traceOf(first.output));
  expect(traceOf((await simulate('--seed', 9, '--steps', 60)).output)).not.toBe(
    traceOf(first.output),
  );
}, 120_000);

test('whatever fails, nothing acknowledged is lost, nothing is paid twice, and the oracle agrees', async () => {
  // The same seeds everywhere, so that a change is judged by itself; `npm run simulate` goes where nobody has been.
  const { code, output } = await simulate('--seed', 1, '--runs', 20, '--steps', 60);
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringContaining(' 0 failed') as unknown,
  });
}, 120_000);

test('runs shared out to processes are those that one would make', async () => {
  const { code, output } = await simulate('--seed', 5, '--runs', 3, '--steps', 20, '--jobs', 2);
  const traces = new Set(output.match(/(?<=last trace )\w+/g));
  const alone = [6, 7].map((seed) => simulate('--seed', seed, '--steps', 20));
  const theirs = (await Promise.all(alone)).map((run) => traceOf(run.output));
  expect({ code, traces }).toEqual({ code: 0, traces: new Set(theirs) });
  expect(output).toContain('all: 3 runs,');
}, 120_000);

test('a mistake on the command line is explained', async () => {
  const { code, output } = await simulate('--without', 'rain');
  expect(code).toBe(2);
  expect(output).toContain('There is no fault rain: kill,');
}, 60_000);
