import { watchMemory } from './memory-watch.ts';

/** Does something, prints what it took as a line that `runPhases` reads. `work` resolves to how many it did. */
export async function phase(name: string, work: () => Promise<number>): Promise<void> {
  const memory = watchMemory();
  const started = performance.now();
  const operations = await work();
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ name, operations, seconds, p50: null, p99: null, ...memory() }));
}
