import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { performance as realPerformance } from 'node:perf_hooks';
import timersPromises from 'node:timers/promises';
import { install, type Clock } from '@sinonjs/fake-timers';
import { Random } from './random.ts';
import { synchronousSubtle } from './synchronous-subtle.ts';

/**
 * What a process takes from outside, made to follow from a seed: the clock, timers, turns of the event loop, how busy it
 * is, and randomness. Replaces them for the whole process, for good; so this runs in a process of its own.
 */
export class VirtualProcess {
  readonly #clock: Clock;
  readonly #realTurn: (resume: () => void) => void;
  #random = new Random(0);
  #turns: (() => void)[] = [];

  constructor() {
    const turn = globalThis.setImmediate;
    this.#realTurn = (resume) => void turn(resume);
    this.#clock = install({
      now: 0,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    });
    this.#replaceTurns();
    this.#replaceUtilisation();
    this.#replaceRandomness();
    this.#replaceTimeLimits();
    syncBuiltinESMExports();
  }

  /** Forgets all timers, and begins at `now` with what follows from the seed. */
  begin(seed: string, now: number): void {
    this.#clock.reset();
    this.#clock.setSystemTime(now);
    this.#turns = [];
    this.#random = new Random(`${seed} system`);
  }

  /** Resolves when nothing can go on any more unless time passes or somebody outside acts. */
  async settle(): Promise<void> {
    for (;;) {
      await new Promise<void>(this.#realTurn);
      if (this.#turns.length === 0) return;
      const due = this.#turns;
      this.#turns = [];
      for (const run of due) run();
    }
  }

  get timers(): number {
    return this.#clock.countTimers();
  }

  /** Lets the time pass until the next timer fires. */
  passToNextTimer(): void {
    this.#clock.next();
  }

  /** Lets time pass in which nothing runs: everybody sleeps. */
  sleep(milliseconds: number): void {
    this.#clock.setSystemTime(Date.now() + milliseconds);
  }

  #replaceTurns(): void {
    const cancelled = new WeakSet<object>();
    const later = (run: () => void): object => {
      const handle = { unref: () => handle, ref: () => handle, hasRef: () => true };
      this.#turns.push(() => {
        if (!cancelled.has(handle)) run();
      });
      return handle;
    };
    Object.assign(globalThis, {
      setImmediate: (callback: (...given: unknown[]) => void, ...given: unknown[]) =>
        later(() => {
          callback(...given);
        }),
      clearImmediate: (handle: object | undefined) => {
        if (handle !== undefined) cancelled.add(handle);
      },
    });
    Object.assign(timersPromises, {
      setImmediate: (value: unknown) =>
        new Promise((resolve) => {
          later(() => {
            resolve(value);
          });
        }),
    });
  }

  /** Nothing takes time here, so nobody is busy. */
  #replaceUtilisation(): void {
    Object.defineProperty(realPerformance, 'eventLoopUtilization', {
      value: () => ({ idle: 0, active: 0, utilization: 0 }),
      configurable: true,
    });
  }

  #replaceTimeLimits(): void {
    AbortSignal.timeout = (milliseconds) => {
      const limit = new AbortController();
      setTimeout(() => {
        limit.abort(new DOMException('The time is up.', 'TimeoutError'));
      }, milliseconds);
      return limit.signal;
    };
  }

  #replaceRandomness(): void {
    const fill = <Target extends ArrayBufferView>(target: Target): Target => {
      const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
      bytes.set(this.#random.bytes(bytes.length));
      return target;
    };
    const uuid = () => {
      const hex = Buffer.from(this.#random.bytes(16)).toString('hex');
      const variant = '89ab'.charAt(this.#random.between(0, 3));
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    };
    Object.assign(crypto, {
      randomBytes: (length: number) => Buffer.from(this.#random.bytes(length)),
      randomInt: (least: number, end?: number) =>
        end === undefined
          ? this.#random.between(0, least - 1)
          : this.#random.between(least, end - 1),
      randomUUID: uuid,
    });
    Object.defineProperty(globalThis, 'crypto', {
      value: { getRandomValues: fill, randomUUID: uuid, subtle: synchronousSubtle },
      configurable: true,
    });
    Math.random = () => this.#random.fraction();
  }
}
