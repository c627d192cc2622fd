import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  confirmByBankFile,
  confirmPayouts,
  confirmRun,
  endPayout,
  openDocumentDesk,
} from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { expectSoundBooks, paid, payOut, payoutsOf, refused } from './doings.ts';
import {
  command,
  day,
  openMerchant,
  openOffice,
  openPartner,
  sell,
  type Office,
} from './office.ts';

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});

afterEach(async () => {
  await expectSoundBooks(office);
  await office[Symbol.asyncDispose]();
});

describe('what the bank says', () => {
  const csv = (...rows: string[]) =>
    new TextEncoder().encode(
      ['payout_id,status,amount,currency,date,reason', ...rows, ''].join('\n'),
    );
  let id: string;
  let other: string;

  beforeEach(async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await openPartner(office, 'bram');
    await sell(office, 'o1', 'anna');
    await sell(office, 'o2', 'bram');
    await payOut(office);
    id = (await payoutsOf(office, 'anna'))[0]?.payoutId ?? '';
    other = (await payoutsOf(office, 'bram'))[0]?.payoutId ?? '';
    await office.caughtUp();
  });

  test.for<[string, () => string, RegExp]>([
    [
      'another amount',
      () => `${id},paid,121.01,EUR,2026-03-02,`,
      /transfers 121\.00 EUR, not 121\.01/,
    ],
    ['another currency', () => `${id},paid,121.00,USD,2026-03-02,`, /in EUR, not in USD/],
    [
      'an unknown payout',
      () => `${'0'.repeat(32)},paid,121.00,EUR,2026-03-02,`,
      /there is no payout/,
    ],
    ['a day before it was made', () => `${id},paid,121.00,EUR,2026-02-01,`, /between then and now/],
  ])('with %s is refused as a whole, and named', async ([, row, message]) => {
    const file = { bytes: csv(`${other},paid,121.00,EUR,2026-03-02,`, row()), name: 'bank.csv' };
    const refusal = await refused(confirmByBankFile(office.ports, 'key-1', file));
    expect(refusal.code).toBe('bank_file');
    expect(refusal.mistakes).toHaveLength(1);
    expect(refusal.mistakes[0]?.where).toContain('line 3');
    expect(refusal.mistakes[0]?.message).toMatch(message);
    expect((await payoutsOf(office, 'bram'))[0]?.status).toBe('exported');
  });

  test('is recorded once, however often it is sent', async () => {
    const file = {
      bytes: csv(`${id},paid,121.00,EUR,2026-03-02,`, `${other},failed,121.00,EUR,2026-03-02,AC04`),
    };
    expect(await confirmByBankFile(office.ports, 'key-1', file)).toMatchObject({
      paid: 1,
      failed: 1,
    });
    expect(await confirmByBankFile(office.ports, 'key-1', file)).toMatchObject({
      paid: 0,
      failed: 0,
      unchanged: 2,
    });
    expect((await payoutsOf(office, 'anna'))[0]?.status).toBe('paid');
    expect((await payoutsOf(office, 'bram'))[0]).toMatchObject({
      status: 'failed',
      reason: 'AC04',
    });
  });

  test('is known when it is sent again after one of its payments came back', async () => {
    office.setClock(day(65));
    const statement = {
      bytes: csv(`${id},paid,121.00,EUR,2026-03-03,`, `${other},paid,121.00,EUR,2026-03-03,`),
    };
    await confirmByBankFile(office.ports, 'key-1', statement);
    const back = { bytes: csv(`${id},failed,121.00,EUR,2026-03-05,AC04`) };
    await confirmByBankFile(office.ports, 'key-1', back);
    const known = { paid: 0, failed: 0, unchanged: 2 };
    expect(await confirmByBankFile(office.ports, 'key-1', statement)).toMatchObject(known);
    expect((await payoutsOf(office, 'anna'))[0]?.status).toBe('failed');
    const otherwise = { bytes: csv(`${id},paid,121.00,EUR,2026-03-06,`) };
    const refusal = await refused(confirmByBankFile(office.ports, 'key-1', otherwise));
    expect(refusal.mistakes[0]?.message).toContain('failed before');
  });

  describe('of a payment that left and came back', () => {
    const left = () => csv(`${id},paid,121.00,EUR,2026-03-03,`);
    const back = () => csv(`${id},returned,121.00,EUR,2026-03-05,AC04`);
    const both = () =>
      csv(`${id},returned,121.00,EUR,2026-03-05,AC04`, `${id},paid,121.00,EUR,2026-03-03,`);
    const confirm = (bytes: Uint8Array) => confirmByBankFile(office.ports, 'key-1', { bytes });
    beforeEach(() => {
      office.setClock(day(65));
    });

    test.for([
      { order: 'in order', files: [left, back] },
      { order: 'the return first', files: [back, left] },
      { order: 'each twice', files: [back, back, left, left, back] },
      { order: 'in one file', files: [both] },
      { order: 'in one file, then each', files: [both, back, left] },
    ])('$order, the books say the same', async ({ files }) => {
      for (const file of files) await confirm(file());
      expect((await payoutsOf(office, 'anna'))[0]).toMatchObject({
        status: 'failed',
        reason: 'AC04',
        paidAt: Date.parse('2026-03-02T23:00:00Z'),
        endedAt: Date.parse('2026-03-04T23:00:00Z'),
      });
      await office.caughtUp();
      const { rows } = await office.ports.readModel.journal({}, { limit: 50, cursor: null });
      const bank = rows.flatMap(({ lines }) => lines.filter(({ account }) => account === 'bank'));
      expect(bank.map(({ amountCents }) => amountCents).sort((a, b) => a - b)).toEqual([
        -12_100, 12_100,
      ]);
      expect(await confirm(left())).toMatchObject({ paid: 0, failed: 0, unchanged: 1 });
    });

    test.for([
      ['paid', 'paid'],
      ['returned', 'returned'],
      ['failed', 'returned'],
      ['paid', 'failed'],
    ])('one file can’t say that it is %s and %s', async ([one, other]) => {
      const row = (status = '') => `${id},${status},121.00,EUR,2026-03-05,AC04`;
      const refusal = await refused(confirm(csv(row(one), row(other))));
      expect(refusal.mistakes).toHaveLength(1);
      expect((await payoutsOf(office, 'anna'))[0]?.status).toBe('exported');
    });

    test('it can’t have left after it came back', async () => {
      await confirm(back());
      const refusal = await refused(confirm(csv(`${id},paid,121.00,EUR,2026-03-06,`)));
      expect(refusal.mistakes[0]?.message).toContain('failed before');
    });

    const entry = (cents: string, direction: string, day: string, details: string) =>
      `<Ntry><Amt Ccy="EUR">${cents}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls>${details}</NtryDtls></Ntry>`;
    const statement = (...entries: string[]) =>
      new TextEncoder().encode(
        `<Document><BkToCstmrStmt><Stmt>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`,
      );

    test.for(['before', 'with'])('a return told %s the file booked as one sum', async (when) => {
      const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
      const batch = `<Btch><MsgId>${run?.runId ?? ''}-1</MsgId><NbOfTxs>2</NbOfTxs></Btch>`;
      const reason = '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>';
      const details = `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${reason}</TxDtls>`;
      const sent = entry('242.00', 'DBIT', '2026-03-03', batch);
      const returned = entry('121.00', 'CRDT', '2026-03-05', details);
      if (when === 'before') await confirm(statement(returned));
      const { paid: count } = await confirm(
        statement(...(when === 'before' ? [sent] : [returned, sent])),
      );
      expect(count).toBe(2);
      expect(await confirm(statement(returned, sent))).toMatchObject({ paid: 0, failed: 0 });
      const [anna] = await payoutsOf(office, 'anna');
      const [bram] = await payoutsOf(office, 'bram');
      expect([anna?.status, bram?.status]).toEqual(['failed', 'paid']);
      expect(anna?.paidAt).toBe(bram?.paidAt);
    });

    test('another payment on the same statement may have an id like a payout’s', async () => {
      const booked = (endToEndId: string) =>
        `<TxDtls><Refs><EndToEndId>${endToEndId}</EndToEndId></Refs></TxDtls>`;
      const stranger = 'c0ffee'.padEnd(32, '0');
      const { paid: count, ignored } = await confirm(
        statement(
          entry('9.00', 'DBIT', '2026-03-03', booked(stranger)),
          entry('121.00', 'DBIT', '2026-03-03', booked(id)),
        ),
      );
      expect(count).toBe(1);
      expect(ignored).toMatchObject([{ message: `${stranger} is no payout.` }]);
    });

    test('another payment order on the same statement is no business of payouts', async () => {
      const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
      const batch = (id: string) => `<Btch><MsgId>${id}</MsgId><NbOfTxs>2</NbOfTxs></Btch>`;
      const ours = entry('242.00', 'DBIT', '2026-03-03', batch(`${run?.runId ?? ''}-1`));
      const salaries = entry('9000.00', 'DBIT', '2026-03-03', batch('SALARIES-2026-02'));
      expect(await confirm(statement(salaries, ours))).toMatchObject({ paid: 2 });
    });
  });

  test.for(['failed', 'cancelled'] as const)(
    'a batch is booked without the payment that %s before',
    async (status) => {
      office.setClock(day(65));
      const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
      const booked = (cents: string) => ({
        bytes: new TextEncoder().encode(
          `<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="EUR">${cents}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-03</Dt></BookgDt><NtryDtls><Btch><MsgId>${run?.runId ?? ''}-1</MsgId></Btch></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
        ),
      });
      const early = await refused(confirmByBankFile(office.ports, 'key-1', booked('121.00')));
      expect(early.mistakes[0]?.message).toMatch(/transfers 242\.00, not 121\.00/);
      if (status === 'failed') {
        const rejected = { bytes: csv(`${id},failed,,,2026-03-02,AC04`) };
        await confirmByBankFile(office.ports, 'key-1', rejected);
      } else {
        const end = { outcome: status, reason: 'AC04', notSentToBank: true } as const;
        const name = { partnerId: 'anna', payoutId: id };
        await endPayout(openDocumentDesk(office.ports), 'key-1', name, end);
      }
      const wrong = await refused(confirmByBankFile(office.ports, 'key-1', booked('120.00')));
      expect(wrong.mistakes[0]?.message).toMatch(/transfers 121\.00, not 120\.00/);
      expect(await confirmByBankFile(office.ports, 'key-1', booked('121.00'))).toMatchObject({
        paid: 1,
      });
      expect((await payoutsOf(office, 'anna'))[0]?.status).toBe(status);
    },
  );

  test('is kept with as much of a long reason as an event takes', async () => {
    const reason = `AC04: ${'account closed, '.repeat(60)}`;
    const file = {
      bytes: csv(`${other},paid,121.00,EUR,2026-03-02,`, `${id},failed,,,2026-03-02,"${reason}"`),
    };
    expect(await confirmByBankFile(office.ports, 'key-1', file)).toMatchObject({ failed: 1 });
    const [anna] = await payoutsOf(office, 'anna');
    expect(anna?.reason).toMatch(/^AC04: account closed, .*…$/);
    expect(anna?.reason).toHaveLength(500);
  });

  const statusReport = (messageId: string, status: string) =>
    new TextEncoder().encode(
      `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>${status}</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`,
    );

  test('about a payment file that was replaced fails nothing, and can’t have paid', async () => {
    const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
    const runId = run?.runId ?? '';
    const replaces = { executionDate: null, replaces: true };
    await exportRun(office.ports, command('replace'), runId, replaces);
    const late = { bytes: statusReport(`${runId}-1`, 'RJCT') };
    const { failed, ignored } = await confirmByBankFile(office.ports, 'key-1', late);
    expect([failed, ignored.length]).toEqual([0, 2]);
    const wrong = { bytes: statusReport(`${runId}-1`, 'ACSC') };
    const refusal = await refused(confirmByBankFile(office.ports, 'key-1', wrong));
    expect(refusal.mistakes).toHaveLength(2);
    const right = { bytes: statusReport(`${runId}-2`, 'ACSC') };
    expect(await confirmByBankFile(office.ports, 'key-1', right)).toMatchObject({ paid: 2 });
    await expect(
      exportRun(office.ports, command('once more'), runId, replaces),
    ).rejects.toMatchObject({ code: 'nothing_due' });
  });

  test('what left by a file that was replaced, and came back, says nothing of the payout', async () => {
    const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
    const replaces = { executionDate: null, replaces: true };
    await exportRun(office.ports, command('replace'), run?.runId ?? '', replaces);
    const left = paid(id, { attempt: 1 });
    const back = paid(id, { attempt: 1, outcome: 'returned', reason: 'AC04' });
    const { ignored } = await confirmPayouts(office.ports, 'key-1', [left, back]);
    expect(ignored).toHaveLength(2);
    await expect(confirmPayouts(office.ports, 'key-1', [left])).rejects.toMatchObject({
      code: 'bank_file',
    });
    expect((await payoutsOf(office, 'anna'))[0]?.status).toBe('exported');
  });

  test('a payment that failed can’t be paid', async () => {
    const failure = paid(id, { outcome: 'failed', reason: 'AC04' });
    await confirmPayouts(office.ports, 'key-1', [failure]);
    const refusal = await refused(confirmPayouts(office.ports, 'key-1', [paid(id)]));
    expect(refusal.mistakes.map(({ where }) => where)).toEqual(['/payouts/0']);
    expect(refusal.mistakes[0]?.message).toContain('failed before');
  });

  test('told of twice in one request is refused', async () => {
    const twice = [paid(id), paid(id, { where: '/payouts/1' })];
    await expect(confirmPayouts(office.ports, 'key-1', twice)).rejects.toMatchObject({
      mistakes: [{ where: '/payouts/1' }],
    });
  });

  test('a run is confirmed only with the sum that was paid', async () => {
    const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
    const told = { at: null, totalCents: 1 };
    await expect(confirmRun(office.ports, 'key-1', run?.runId ?? '', told)).rejects.toMatchObject({
      code: 'amount_mismatch',
    });
  });
});
