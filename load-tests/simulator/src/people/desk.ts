import type { Random } from '../machinery/random.ts';
import type { Trace } from '../machinery/trace.ts';
import type { Part } from '../system/parts.ts';
import type { System } from '../system/system.ts';
import type { Log } from '../checks/log.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON where it is JSON, else text. */
  readonly body: unknown;
}

/** Something that somebody outside wants the system to know or to do, until it has answered. */
export interface Intent {
  /** For the trace, and for whoever reads a failure. */
  readonly name: string;
  readonly part: Extract<Part, 'api' | 'tracker'>;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which person's key: 0 or 1; default 0. */
  readonly person?: 0 | 1;
  /** Told once: a click that gets no answer isn't clicked again. */
  readonly once?: boolean;
  /** Whether a repeat of it, once answered, must be answered alike. */
  readonly stable?: boolean;
  /** Ends the retries after so many answers that settle nothing; default: only an answer ends them. */
  readonly patience?: number;
  /** Heard at the first answer that settles it. */
  readonly onAnswer?: (answer: Answer) => void;
  /** What is wrong with the log now that this was acknowledged; null when nothing is. */
  readonly proof?: (log: Log, answer: Answer) => string | null;
}

interface Task {
  readonly intent: Intent;
  state: 'open' | 'under_way' | 'acknowledged' | 'refused' | 'given_up';
  answer: Answer | null;
  attempts: number;
}

/** Tells intents to the system, and again while no answer settles them. */
export class Desk {
  readonly #system: System;
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #keys: readonly string[];
  readonly #tasks: Task[] = [];
  readonly violations: string[] = [];
  #underWay = 0;
  #answered = 0;

  constructor(system: System, random: Random, trace: Trace, keys: readonly string[]) {
    this.#system = system;
    this.#random = random;
    this.#trace = trace;
    this.#keys = keys;
  }

  get underWay(): number {
    return this.#underWay;
  }

  get answered(): number {
    return this.#answered;
  }

  get open(): readonly Intent[] {
    return this.#tasks.filter(({ state }) => state === 'open').map(({ intent }) => intent);
  }

  add(intent: Intent): void {
    this.#tasks.push({ intent, state: 'open', answer: null, attempts: 0 });
  }

  /** Tells one that is open, or one that was answered already; true when there was one and somebody to tell it to. */
  tellOne(repeat: boolean): boolean {
    const wanted = this.#tasks.filter(({ state, intent }) =>
      repeat
        ? (state === 'acknowledged' || state === 'refused') && intent.once !== true
        : state === 'open',
    );
    if (wanted.length === 0) return false;
    const task = repeat ? this.#random.pick(wanted) : this.#oneOf(wanted);
    const services = this.#system.running(task.intent.part);
    if (services.length === 0) return false;
    void this.#tell(task, repeat);
    return true;
  }

  /** Mostly in the order in which they came up. */
  #oneOf(tasks: readonly Task[]): Task {
    const first = tasks[0];
    if (first === undefined) throw new Error('Nothing is open.');
    return this.#random.chance(0.5) ? first : this.#random.pick(tasks);
  }

  async #tell(task: Task, isRepeat: boolean): Promise<void> {
    const before = task.state;
    task.state = 'under_way';
    task.attempts += 1;
    this.#underWay += 1;
    const answer = await this.ask(task.intent);
    this.#underWay -= 1;
    task.state = before;
    if (answer === null || !this.#isSettled(answer)) {
      if (answer?.status === 500)
        this.violations.push(`500 for ${task.intent.name}: ${JSON.stringify(answer.body)}`);
      if (isRepeat) return;
      const { once, patience = Number.POSITIVE_INFINITY } = task.intent;
      if (once === true || task.attempts >= patience) task.state = 'given_up';
      return;
    }
    this.#answered += 1;
    if (isRepeat) this.#compare(task, answer);
    else this.#settle(task, answer);
  }

  /** A moment that lies in the future of a machine whose clock is wrong is told again, as is what it can't do now. */
  #isSettled(answer: Answer): boolean {
    if (answer.status >= 500 || answer.status === 429) return false;
    return codeOf(answer) !== 'invalid_request' || !this.#system.clocksAreWrong;
  }

  #settle(task: Task, answer: Answer): void {
    task.state = answer.status < 400 ? 'acknowledged' : 'refused';
    task.answer = answer;
    task.intent.onAnswer?.(answer);
  }

  #compare({ intent, answer }: Task, again: Answer): void {
    if (answer === null || intent.stable !== true || answer.status >= 400) return;
    const first = positionOf(answer);
    if (again.status >= 400) {
      const why = JSON.stringify(again.body);
      this.violations.push(`${intent.name} was acknowledged, and refused when told again: ${why}`);
    } else if (first !== null && first !== positionOf(again)) {
      const second = String(positionOf(again));
      this.violations.push(`${intent.name} was at ${String(first)}, told again at ${second}`);
    }
  }

  /** Null when nobody answers. */
  async ask(intent: Intent): Promise<Answer | null> {
    const services = this.#system.running(intent.part);
    if (services.length === 0) return null;
    const service = this.#random.pick(services);
    this.#trace.add(`> ${intent.name} to ${service.caller.name}`);
    const { method, path, body, headers = {} } = intent;
    const isText = typeof body === 'string';
    const asked = service
      .request(path, {
        method,
        headers: {
          Authorization: `Bearer ${this.#keys[intent.person ?? 0] ?? ''}`,
          ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      })
      .then(read);
    const answer = await Promise.race([asked, service.caller.ended]);
    if (answer === 'ended' || service.caller.hasEnded) {
      this.#trace.add(`< ${intent.name}: no answer`);
      return null;
    }
    const problem = answer.status >= 400 ? ` ${codeOf(answer)}` : '';
    this.#trace.add(`< ${intent.name}: ${String(answer.status)}${problem}`);
    return answer;
  }

  /** What was acknowledged and isn't in the log as it should be. */
  missing(log: Log): readonly string[] {
    return this.#tasks.flatMap(({ intent, state, answer }) => {
      if (state !== 'acknowledged' || answer === null || intent.proof === undefined) return [];
      const missing = intent.proof(log, answer);
      return missing === null ? [] : [`${intent.name}: ${missing}`];
    });
  }
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.includes('json') === true;
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body };
}

export function codeOf({ body }: Answer): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}

export function positionOf({ body }: Answer): number | null {
  const has = typeof body === 'object' && body !== null && 'position' in body;
  return has && typeof body.position === 'number' ? body.position : null;
}
