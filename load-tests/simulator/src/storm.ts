import { DAY_MS, HOUR_MS, type Scene } from './people/doing.ts';
import { DOINGS } from './people/doings.ts';
import { confirm } from './people/finance.ts';
import type { Gate } from './machinery/gates.ts';
import type { Random } from './machinery/random.ts';
import type { Trace } from './machinery/trace.ts';
import type { VirtualProcess } from './machinery/virtual-process.ts';
import type { Desk } from './people/desk.ts';
import type { System } from './system/system.ts';
import { FAULTS, type Fault, type Weather } from './weather.ts';

export interface StormOptions {
  readonly system: System;
  readonly desk: Desk;
  readonly scene: Scene;
  readonly random: Random;
  readonly weather: Weather;
  readonly trace: Trace;
  readonly process: VirtualProcess;
}

/** As many steps without coming to rest are a fault of their own. */
const PATIENCE = 60_000;

/** Chooses, step by step, who goes on, what people do next and what fails. */
export class Storm {
  readonly #options: StormOptions;
  #faults = 0;
  /** The store's disk has little room until it is replaced. */
  #isFull = false;

  constructor(options: StormOptions) {
    this.#options = options;
  }

  get faults(): number {
    return this.#faults;
  }

  /** People do `steps` things while everything may fail. */
  async blow(steps: number): Promise<void> {
    const { system, desk, random, weather, process } = this.#options;
    system.gates.open = false;
    let left = steps;
    let patience = PATIENCE;
    while (left > 0 || desk.underWay > 0) {
      patience -= 1;
      if (patience === 0) throw new Error('The storm never comes to an end.');
      await this.#settle();
      if (await this.#fail()) continue;
      const { closed } = system.gates;
      const canDo = left > 0 && desk.underWay < weather.hands;
      if (random.chance(0.05)) this.#repair();
      if (canDo && (closed.length === 0 || random.chance(0.3))) {
        if (this.#do()) left -= 1;
        else this.#repair();
        if (random.chance(0.01)) left -= 1;
      } else if (closed.length > 0 && !random.chance(this.#haste())) this.#openOne(closed);
      else if (process.timers > 0) process.passToNextTimer();
      else if (closed.length === 0) this.#repair();
    }
  }

  /** Nothing fails any more, everything runs, and whatever is still open is answered. */
  async clearUp(): Promise<void> {
    const { system, desk, process, trace, scene } = this.#options;
    trace.add('the weather clears up');
    system.gates.open = true;
    system.rightClocks();
    if (this.#isFull) await this.#replaceDisk();
    let answered = -1;
    for (let patience = PATIENCE; patience > 0; patience -= 1) {
      system.gates.openAll();
      system.server.start();
      while (system.startOne());
      await this.#settle();
      if (!system.isWhole) {
        if (process.timers > 0) process.passToNextTimer();
        continue;
      }
      if (desk.underWay > 0 || desk.answered === answered) {
        process.passToNextTimer();
        // Who got no answer has waited a moment before asking again.
        if (desk.underWay === 0) answered = -1;
        continue;
      }
      answered = desk.answered;
      if (!desk.tellOne(false)) {
        const unconfirmed = confirm(scene);
        if (unconfirmed !== null) desk.add(unconfirmed);
        else if (system.waiting === 0) return;
        else process.passToNextTimer();
      }
    }
    const open = desk.open.map(({ name }) => name).join(', ');
    throw new Error(`It doesn't come to rest; still open: ${open}.`);
  }

  async #settle(): Promise<void> {
    const { system, process } = this.#options;
    await process.settle();
    await system.bury();
  }

  /** The share of steps at which time passes although somebody could go on. */
  #haste(): number {
    return this.#options.weather.faults.store_slow === undefined ? 0.02 : 0.3;
  }

  #openOne(closed: readonly Gate[]): void {
    const { random, weather, trace } = this.#options;
    const gate = random.pick(closed);
    const fails = random.chance((weather.faults.call_fails ?? 0) / 200);
    if (fails) {
      this.#faults += 1;
      trace.add(`${gate.owner} ${gate.what} ${gate.about}: fails`);
    }
    gate.open(fails ? 'fail' : 'go');
  }

  #repair(): void {
    const { system } = this.#options;
    if (system.server.isUp) system.startOne();
    else system.server.start();
  }

  /** True when somebody did something. */
  #do(): boolean {
    const { desk, random, weather, scene, trace, process } = this.#options;
    if (desk.underWay === 0 && random.chance(0.08)) {
      const hours = random.pick([1, 5, 30, 15 * 24, 20 * 24]);
      trace.add(`${String(hours)} hours pass`);
      process.sleep(hours * HOUR_MS);
      return true;
    }
    if (random.chance(weather.repeats) && desk.tellOne(true)) return true;
    if (random.chance(0.35) && desk.tellOne(false)) return true;
    const doing = DOINGS[random.weighted(weather.doings)];
    const intent = doing?.(scene) ?? null;
    if (intent === null) return false;
    desk.add(intent);
    // Told at once, or some time later.
    if (random.chance(0.7)) desk.tellOne(false);
    return true;
  }

  async #fail(): Promise<boolean> {
    const { weather, random } = this.#options;
    for (const fault of FAULTS) {
      if (!random.chance((weather.faults[fault] ?? 0) / 1000)) continue;
      this.#faults += 1;
      await this.#doFail(fault);
      return true;
    }
    return false;
  }

  async #doFail(fault: Fault): Promise<void> {
    const { system, random } = this.#options;
    const { closed } = system.gates;
    switch (fault) {
      case 'kill': {
        const owners = closed.map(({ owner }) => owner);
        system.kill(random.pick(owners.length > 0 && random.chance(0.8) ? owners : system.names));
        return;
      }
      case 'store_dies':
        await system.failStore(null);
        return;
      case 'store_torn':
        await this.#tear(closed);
        return;
      case 'spool_torn': {
        const writing = closed.filter(({ what }) => what === 'before_spool');
        if (writing.length > 0) await system.tear(random.pick(writing));
        return;
      }
      case 'processes_die':
        await system.failProcesses();
        return;
      case 'clock_jumps':
        system.jumpClock(random.pick([0, -HOUR_MS, 4 * 60_000, -3 * DAY_MS, 1]));
        return;
      case 'store_full':
        await this.#fillDisk();
        return;
      case 'call_fails':
      case 'store_slow':
        return;
    }
  }

  /** The power fails while an append is written. */
  async #tear(closed: readonly Gate[]): Promise<void> {
    const { system, random, process } = this.#options;
    const appends = closed.filter(({ what }) => what === 'before_append');
    const { life } = system.server;
    if (appends.length === 0 || life === null) return;
    const before = system.server.files();
    life.isDying = true;
    random.pick(appends).open('go');
    await process.settle();
    await system.failStore(before);
  }

  async #fillDisk(): Promise<void> {
    const { system, random, trace } = this.#options;
    if (this.#isFull) {
      await this.#replaceDisk();
      return;
    }
    await system.failStore(null);
    trace.add("the store's disk is nearly full");
    this.#isFull = true;
    system.server.start(random.pick([0, 8192, 40_960]));
  }

  async #replaceDisk(): Promise<void> {
    const { system, trace } = this.#options;
    trace.add("the store's disk has room again");
    this.#isFull = false;
    await system.failStore(null);
    system.server.start();
  }
}
