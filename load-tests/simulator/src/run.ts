import { DEFAULT_TERMS } from '@provisie/domain';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAll } from './checks/check-all.ts';
import { Random } from './machinery/random.ts';
import { Trace } from './machinery/trace.ts';
import type { VirtualProcess } from './machinery/virtual-process.ts';
import { Desk, type Intent } from './people/desk.ts';
import { HOUR_MS, type Scene } from './people/doing.ts';
import { DOINGS } from './people/doings.ts';
import { CUSTOMERS, openMarket } from './people/market.ts';
import {
  agree,
  apply,
  approve,
  createLink,
  drawTerms,
  givePayoutDetails,
  issueCoupon,
  nameMerchant,
  openProgramme,
} from './people/office.ts';
import { placeLongAgo } from './people/shop.ts';
import { Storm } from './storm.ts';
import { System } from './system/system.ts';
import { drawWeather, type Fault } from './weather.ts';

export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  /** Kinds of faults that are left out, although the seed has them. */
  readonly without: readonly Fault[];
  /** Prints every step. */
  readonly print: boolean;
  readonly process: VirtualProcess;
}

export interface RunReport {
  readonly seed: number;
  /** What was promised and isn't so, in words. */
  readonly violations: readonly string[];
  readonly events: number;
  readonly answers: number;
  readonly faults: number;
  readonly payouts: number;
  readonly payments: number;
  readonly traceSteps: number;
  /** Of the whole trace. */
  readonly hash: string;
  readonly lastSteps: readonly string[];
}

const BEGIN = Date.UTC(2026, 5, 1, 9);

/** One run: a market is opened, the storm comes, it clears up, and everything is looked at. */
export async function simulate(options: RunOptions): Promise<RunReport> {
  const { seed, steps, print, process } = options;
  process.begin(String(seed), BEGIN);
  const random = new Random(seed);
  const weather = drawWeather(random, Object.keys(DOINGS), options.without);
  const trace = new Trace(print);
  trace.add(JSON.stringify(weather));
  const folder = mkdtempSync(join(tmpdir(), 'provisie-simulation-'));
  const system = new System({ folder, random, weather, trace, process });
  const violations: string[] = [];
  let events = 0;
  let answers = 0;
  let faults = 0;
  let payouts = 0;
  let payments = 0;
  try {
    const keys = await system.issueKeys();
    const desk = new Desk(system, random, trace, keys);
    const scene: Scene = { market: openMarket(), random, desk, now: Date.now };
    const storm = new Storm({ system, desk, scene, random, weather, trace, process });
    await storm.clearUp();
    for (const intent of opening(scene)) {
      desk.add(intent);
      await storm.clearUp();
    }
    await storm.blow(steps);
    await storm.clearUp();
    faults = storm.faults;
    const checked = await checkAll({ system, desk, scene, process, random });
    answers = desk.answered;
    ({ events, payouts } = checked);
    payments = scene.market.payments.size;
    violations.push(...desk.violations, ...checked.violations);
  } catch (error) {
    violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const violation of violations) trace.add(`VIOLATION ${violation}`);
  return {
    seed,
    violations,
    events,
    answers,
    faults,
    payouts,
    payments,
    traceSteps: trace.steps,
    hash: trace.hash(),
    lastSteps: trace.last(40),
  };
}

/** A merchant with two programmes and three partners. */
function* opening(scene: Scene): Generator<Intent> {
  const { random, market, now } = scene;
  yield nameMerchant(scene);
  yield openProgramme(scene, 'affiliate', { ...DEFAULT_TERMS, payoutThresholdCents: 100 });
  yield openProgramme(scene, 'studio', drawTerms(random));
  for (const partnerId of ['anna', 'bram', 'cleo']) {
    market.partners.push(partnerId);
    yield apply(scene, partnerId);
    yield approve(scene, partnerId);
    yield givePayoutDetails(scene, partnerId, now() - 100 * 24 * HOUR_MS);
    yield agree(scene, partnerId);
    yield createLink(scene, partnerId);
    yield issueCoupon(scene, partnerId, now() - 100 * 24 * HOUR_MS);
  }
  for (const [index, { code }] of market.coupons.entries()) {
    yield placeLongAgo(scene, code, CUSTOMERS[index] ?? '');
  }
}
