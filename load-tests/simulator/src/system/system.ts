import { issueFirstAdminKey, issueKey } from '@provisie/admin-api';
import { createEventIds } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { join } from 'node:path';
import { Gates, type Gate } from '../machinery/gates.ts';
import type { Random } from '../machinery/random.ts';
import type { Trace } from '../machinery/trace.ts';
import type { VirtualProcess } from '../machinery/virtual-process.ts';
import { Caller } from './caller.ts';
import type { FileBytes } from './disk.ts';
import { ReadModelDisk } from './read-model-disk.ts';
import { SpoolDisk } from './spool-disk.ts';
import type { Part, Service } from './parts.ts';
import { startService } from './service.ts';
import { StoreServer } from './store-server.ts';
import type { Weather } from '../weather.ts';

export interface SystemOptions {
  readonly folder: string;
  readonly random: Random;
  readonly weather: Weather;
  readonly trace: Trace;
  readonly process: VirtualProcess;
}

/** A process that should run: started when it isn't. */
interface Post {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly spoolDisk: SpoolDisk | null;
  skewMs: number;
  service: Service | null;
  starting: Caller | null;
}

/** The machines and processes of one installation, and how they fail. */
export class System {
  readonly gates: Gates;
  readonly server: StoreServer;
  readonly disk: ReadModelDisk;
  readonly #options: SystemOptions;
  readonly #posts: readonly Post[];
  readonly #vault: Vault;
  readonly #dead: Service[] = [];
  #starts = 0;

  constructor(options: SystemOptions) {
    const { folder, random, weather } = options;
    this.#options = options;
    this.gates = new Gates(random, weather.interleaving);
    this.server = new StoreServer(folder, () => Date.now());
    this.disk = new ReadModelDisk(folder);
    this.#vault = openSqliteVault(join(folder, 'vault.sqlite'));
    this.#posts = weather.processes.map(({ name, parts }) => ({
      name,
      parts,
      spoolDisk:
        parts.includes('tracker') && !weather.isOneMachine
          ? new SpoolDisk(join(folder, `spool-${name}`))
          : null,
      skewMs: 0,
      service: null,
      starting: null,
    }));
  }

  /** Secrets of two admin keys, written before anything runs. */
  async issueKeys(): Promise<readonly string[]> {
    const life = this.server.life;
    if (life === null) throw new Error('The store is down.');
    const ids = createEventIds({ now: Date.now, random: () => this.#options.random.fraction() });
    const ports = { store: life.store, ids, now: Date.now };
    const first = await this.#settledWhile(issueFirstAdminKey(ports));
    const second = await this.#settledWhile(
      issueKey(
        ports,
        { by: 'simulator', idempotency: null },
        {
          label: 'finance',
          scopes: ['admin', 'finance', 'orders'],
        },
      ),
    );
    return [first?.secret ?? '', second.secret ?? ''];
  }

  async #settledWhile<Result>(work: Promise<Result>): Promise<Result> {
    await this.#options.process.settle();
    return work;
  }

  /** Processes that answer now and have the part. */
  running(part: Part): readonly Service[] {
    return this.#posts.flatMap(({ service }) =>
      service !== null && service.parts.includes(part) ? [service] : [],
    );
  }

  get names(): readonly string[] {
    return this.#posts.map(({ name }) => name);
  }

  get isWhole(): boolean {
    return this.server.isUp && this.#posts.every(({ service }) => service !== null);
  }

  /** Starts one that doesn't run; true when there was one. */
  startOne(): boolean {
    const idle = this.#posts.filter((post) => post.service === null && post.starting === null);
    if (idle.length === 0 || !this.server.isUp) return false;
    void this.#start(this.#options.random.pick(idle));
    return true;
  }

  async #start(post: Post): Promise<void> {
    const { random, trace, weather } = this.#options;
    this.#starts += 1;
    const caller = new Caller(`${post.name}#${String(this.#starts)}`, this.gates);
    post.starting = caller;
    trace.add(`start ${caller.name}`);
    try {
      const service = await startService({
        caller,
        parts: post.parts,
        server: this.server,
        disk: this.disk,
        spoolDisk: post.spoolDisk,
        vault: this.#vault,
        random,
        now: () => Date.now() + post.skewMs,
        approvalsRequired: weather.approvalsRequired,
        onError: (error) => {
          this.#note(caller, error);
        },
      });
      if (caller.hasEnded) {
        service.kill();
        this.#dead.push(service);
        return;
      }
      post.service = service;
      trace.add(`${caller.name} runs`);
    } catch (error) {
      this.#note(caller, error);
    } finally {
      if (post.starting === caller) post.starting = null;
    }
  }

  #note(caller: Caller, error: unknown): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    // The folder is another one each time.
    const told = text.replaceAll(this.#options.folder, '');
    this.#options.trace.add(`${caller.name} met ${told.slice(0, 200)}`);
  }

  /** Kills the process that stands at a gate, or one that runs. */
  kill(name: string): void {
    this.#end(this.#postOf(name), null);
  }

  /** Kills a tracker whose power fails while it writes to its spool. */
  async tear(gate: Gate): Promise<void> {
    const post = this.#postOf(gate.owner);
    if (post.spoolDisk === null || post.service === null) return;
    const before = post.spoolDisk.files();
    post.service.caller.isDying = true;
    gate.open('go');
    await this.#options.process.settle();
    this.#options.trace.add(`${post.name} loses power in the middle of a write`);
    this.#end(post, before);
  }

  #postOf(name: string): Post {
    const post = this.#posts.find(
      (known) => name.startsWith(`${known.name}#`) || name === known.name,
    );
    if (post === undefined) throw new Error(`There is no process ${name}.`);
    return post;
  }

  #end(post: Post, before: FileBytes | null): void {
    if (post.service === null && post.starting === null) return;
    this.#options.trace.add(`kill ${post.name}`);
    post.starting?.end();
    post.starting = null;
    post.service?.kill();
    if (post.service !== null) this.#dead.push(post.service);
    post.service = null;
    post.spoolDisk?.die(before, this.#options.random);
  }

  /** How much waits in spools for the log. */
  get waiting(): number {
    return this.running('tracker').reduce((sum, service) => sum + service.spooled().events, 0);
  }

  /** What was left of the dead is closed, once everything stands still. */
  async bury(): Promise<void> {
    while (this.#dead.length > 0) {
      await this.#options.process.settle();
      const dead = this.#dead.splice(0);
      for (const service of dead) void service.buried();
      await this.#options.process.settle();
    }
    for (const { spoolDisk } of this.#posts) spoolDisk?.bury();
  }

  /** The log's machine loses power; with `before`, in the middle of a write. */
  async failStore(before: FileBytes | null): Promise<void> {
    const { trace, random, weather } = this.#options;
    trace.add(`the store's machine fails${before === null ? '' : ' in the middle of a write'}`);
    if (weather.isOneMachine) this.#killAll();
    const died = this.server.die(before, random);
    await this.#settledWhile(died);
    await this.bury();
    if (weather.isOneMachine) this.disk.die(random);
  }

  /** The machine of the processes and the read model loses power. */
  async failProcesses(): Promise<void> {
    const { trace, random } = this.#options;
    trace.add("the processes' machine fails");
    this.#killAll();
    await this.bury();
    this.disk.die(random);
  }

  #killAll(): void {
    for (const { name } of this.#posts) this.kill(name);
  }

  /** One machine's clock is set wrong, or right again. */
  jumpClock(skewMs: number): void {
    const post = this.#options.random.pick(this.#posts);
    post.skewMs = skewMs;
    this.#options.trace.add(`the clock of ${post.name} is ${String(skewMs)} ms off`);
  }

  get clocksAreWrong(): boolean {
    return this.#posts.some(({ skewMs }) => skewMs !== 0);
  }

  rightClocks(): void {
    for (const post of this.#posts) post.skewMs = 0;
  }

  async close(): Promise<void> {
    this.#killAll();
    await this.bury();
    await this.#settledWhile(this.server.close());
    this.#vault.close();
  }
}
