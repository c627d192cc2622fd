import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import { runPhases, runSide } from './side.ts';

/**
 * `read-all`: the whole log in order, against scanning the same rows. The others do the same to a small log and to one
 * ten times as large, which is the value; the small one is the limit, so that 1 means that size doesn't matter.
 */
export const readStoreBenchmark: Benchmark = async (scale, folder) => {
  const small = path.join(folder, 'small.sqlite');
  const large = path.join(folder, 'large.sqlite');
  const [few, many] = [String(scale.events / 2), String(scale.events * 5)];
  await runSide('write-log', [small, few]);
  await runSide('write-log', [large, many]);
  const whole = await interleaved(scale.rounds, async () => ({
    ours: await runSide('read-all', [large]),
    limit: await runSide('scan', [large]),
  }));
  const sizes = await interleaved(scale.rounds, async () => ({
    ours: await runPhases('use-streams', [large, many]),
    limit: await runPhases('use-streams', [small, few]),
  }));
  const flat = ['read-stream', 'check-conflict', 'append-to-stream'].map((name) => {
    const pairs = sizes.flatMap(({ ours, limit }) => {
      const [one, other] = [ours.get(name), limit.get(name)];
      return one === undefined || other === undefined ? [] : [{ ours: one, limit: other }];
    });
    return rowOf(`${name}-large`, 'streams/s', pairs);
  });
  return [rowOf('read-all', 'events/s', whole), ...flat];
};
