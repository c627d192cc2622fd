import { z } from 'zod';
import type { Answer, Intent } from './desk.ts';
import { codeOf } from './desk.ts';
import { anyOf, type Doing, type Scene } from './doing.ts';
import type { KnownRun, Payment } from './market.ts';
import { command } from './office.ts';

const runAnswer = z.object({
  runId: z.string(),
  status: z.string(),
  exports: z.array(z.object({ attempt: z.int() })),
});

const approveRun: Doing = (scene) => {
  const { market, random } = scene;
  const only = random.chance(0.2) ? { partnerIds: [random.pick(market.partners)] } : {};
  return command(
    scene,
    'approve a payout run',
    'POST /v1/payout-runs',
    { currency: 'EUR', ...only },
    {
      stable: false,
      patience: 6,
      proof: runIsThere,
      onAnswer: (answer) => {
        const run = runAnswer.safeParse(answer.body).data;
        if (run === undefined || market.runs.some(({ runId }) => runId === run.runId)) return;
        market.runs.push({ runId: run.runId, state: 'open', attempt: 0 });
        followUp(scene, exportRun);
      },
    },
  );
};

/** Mostly one thing leads to the next. */
function followUp(scene: Scene, doing: Doing): void {
  const next = scene.random.chance(0.7) ? doing(scene) : null;
  if (next !== null) scene.desk.add(next);
}

const runIsThere: NonNullable<Intent['proof']> = (log, { body }) => {
  const run = runAnswer.parse(body);
  const opened = log
    .stream('payout-runs')
    .filter(({ type, data }) => type === 'PayoutRunOpened' && runIn(data) === run.runId);
  return opened.length === 1 ? null : `the run was opened ${String(opened.length)} times`;
};

function runIn(data: unknown): string {
  return z.object({ runId: z.string() }).parse(data).runId;
}

const secondApproval: Doing = (scene) => {
  const run = anyOf(scene, scene.market.runs);
  if (run === null) return null;
  const path = `POST /v1/payout-runs/${run.runId}/approve`;
  return {
    ...command(scene, `approve ${run.runId} too`, path),
    person: 1,
    stable: false,
    patience: 6,
  };
};

const carryOn: Doing = (scene) => {
  const run = anyOf(scene, scene.market.runs);
  if (run === null) return null;
  const path = `POST /v1/payout-runs/${run.runId}/schedule`;
  return command(scene, `schedule ${run.runId}`, path, {}, { stable: false, patience: 6 });
};

const exportRun: Doing = (scene) => {
  const ready = scene.market.runs.filter(({ state }) => state === 'open' || state === 'refused');
  const run = anyOf(scene, ready);
  if (run === null) return null;
  const replaces = run.state === 'refused';
  // Nobody replaces a file that is being replaced: the bank may have the new one by then.
  run.state = 'open';
  const path = `POST /v1/payout-runs/${run.runId}/export`;
  return command(
    scene,
    `export ${run.runId}${replaces ? ' anew' : ''}`,
    path,
    { replaces },
    {
      stable: false,
      patience: 6,
      proof: () => null,
      onAnswer: ({ body }) => {
        const attempt = runAnswer.safeParse(body).data?.exports.length ?? 0;
        if (attempt <= run.attempt || run.state === 'cancelled') return;
        run.attempt = attempt;
        run.state = 'exported';
        followUp(scene, fetchFile);
      },
    },
  );
};

/** The bank gets what is handed out, or refuses it as a whole. */
const fetchFile: Doing = (scene) => {
  const { market, random, desk } = scene;
  const run = anyOf(
    scene,
    market.runs.filter(({ attempt }) => attempt > 0),
  );
  if (run === null) return null;
  const goesToBank = random.chance(0.6);
  const isRefused = random.chance(0.2);
  return {
    name: `fetch the payment file of ${run.runId}`,
    part: 'api',
    method: 'GET',
    path: `/v1/payout-runs/${run.runId}/payment-file`,
    patience: 4,
    onAnswer: (answer) => {
      if (answer.status !== 200) return;
      const file = String(answer.body);
      const name = /<MsgId>([^<]+)</.exec(file)?.[1] ?? '';
      const known = market.files.get(name);
      if (known !== undefined && known !== file) {
        desk.violations.push(
          `The payment file ${name} was other bytes when it was asked for again.`,
        );
      }
      market.files.set(name, file);
      if (run.state !== 'exported' || !goesToBank) return;
      run.state = isRefused ? 'refused' : 'sent';
      if (run.state !== 'sent') return;
      carryOut(scene, file);
      followUp(scene, confirm);
    },
  };
};

function carryOut({ market, random }: Scene, file: string): void {
  for (const payment of paymentsIn(file)) {
    const known = market.payments.get(payment.payoutId);
    const outcome = random.chance(0.85) ? 'paid' : 'failed';
    const times = (known?.times ?? 0) + (outcome === 'paid' ? 1 : 0);
    market.payments.set(payment.payoutId, { ...payment, outcome, times, confirmed: false });
  }
}

function paymentsIn(
  file: string,
): readonly Pick<Payment, 'payoutId' | 'amountCents' | 'currency'>[] {
  return file
    .split('<CdtTrfTxInf>')
    .slice(1)
    .map((text) => {
      const [, payoutId = ''] = /<EndToEndId>([^<]+)</.exec(text) ?? [];
      const [, currency = '', whole = '', cents = ''] =
        /<InstdAmt Ccy="([A-Z]+)">(\d+)\.(\d\d)</.exec(text) ?? [];
      return { payoutId, currency, amountCents: Number(whole + cents) };
    });
}

/** The bank's statement: whatever isn't known in the office yet. */
export const confirm: Doing = (scene) => {
  const { market, desk } = scene;
  const told = [...market.payments.values()].filter(({ confirmed }) => !confirmed).slice(0, 5);
  if (told.length === 0) return null;
  const outcomes = told.map(({ outcome }) => outcome);
  const payouts = told.map(({ payoutId, amountCents, currency, outcome }) => ({
    payoutId,
    amountCents,
    currency,
    outcome,
    ...(outcome === 'failed' ? { reason: 'account closed' } : {}),
  }));
  return {
    name: `confirm ${String(told.length)} payments`,
    part: 'api',
    method: 'POST',
    path: '/v1/payout-confirmations',
    body: { payouts },
    // What the read model doesn't know yet is told again.
    patience: 6,
    onAnswer: (answer) => {
      if (answer.status < 400) markConfirmed(told, outcomes);
      else if (codeOf(answer) !== 'not_found' && !isOvertaken(told, outcomes)) {
        desk.violations.push(`What the bank did is refused: ${JSON.stringify(answer.body)}`);
      }
    },
  };
};

/** A newer statement was taken in while this one was under way: then the older one is rightly refused. */
function isOvertaken(told: readonly Payment[], outcomes: readonly Payment['outcome'][]): boolean {
  return told.some(({ outcome }, index) => outcome !== outcomes[index]);
}

function markConfirmed(told: readonly Payment[], outcomes: readonly Payment['outcome'][]): void {
  told.forEach((payment, index) => {
    if (payment.outcome === outcomes[index]) payment.confirmed = true;
  });
}

/** What was paid comes back. */
const comeBack: Doing = (scene) => {
  const { market } = scene;
  const paid = [...market.payments.values()].filter(
    ({ outcome, confirmed }) => outcome === 'paid' && confirmed,
  );
  const payment = anyOf(scene, paid);
  if (payment === null) return null;
  payment.outcome = 'failed';
  payment.times -= 1;
  payment.confirmed = false;
  return confirm(scene);
};

const cancelRun: Doing = (scene) => {
  const ready = scene.market.runs.filter(({ state }) => state === 'open' || state === 'exported');
  const run = anyOf(scene, ready);
  if (run === null) return null;
  // From here on nobody sends its file.
  run.state = 'cancelled';
  const body = { reason: 'made too early', notSentToBank: true };
  const path = `POST /v1/payout-runs/${run.runId}/cancel`;
  return command(scene, `cancel ${run.runId}`, path, body, { stable: false, patience: 6 });
};

const PAYOUTS = z.object({ items: z.array(z.object({ payoutId: z.string(), runId: z.string() })) });

const cancelPayout: Doing = (scene) => {
  const { market, desk, random } = scene;
  return {
    name: 'list payouts',
    part: 'api',
    method: 'GET',
    path: '/v1/payouts?status=scheduled&limit=20',
    patience: 2,
    onAnswer: (answer: Answer) => {
      const rows = PAYOUTS.safeParse(answer.body).data?.items ?? [];
      const open = rows.filter(({ runId }) => isNotExported(market.runs, runId));
      if (open.length === 0) return;
      const { payoutId } = random.pick(open);
      const path = `POST /v1/payouts/${payoutId}/cancel`;
      const body = { reason: 'not now' };
      desk.add(command(scene, `cancel ${payoutId}`, path, body, { stable: false, patience: 6 }));
    },
  };
};

function isNotExported(runs: readonly KnownRun[], runId: string): boolean {
  return runs.find((run) => run.runId === runId)?.state === 'open';
}

export const FINANCE_DOINGS = {
  'approve run': approveRun,
  'second approval': secondApproval,
  schedule: carryOn,
  export: exportRun,
  'fetch file': fetchFile,
  confirm,
  'come back': comeBack,
  'cancel run': cancelRun,
  'cancel payout': cancelPayout,
} as const satisfies Record<string, Doing>;
