import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf, dayText } from '@provisie/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFinanceOffice, issueKey, type FinanceOffice } from './finance-office.ts';
import { provisie } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const STACK = /^\s+at .*:\d+/m;

/** What a text tells to type next, as arguments of `provisie payouts`. */
function told(text: string, command: string): string[] {
  const line = new RegExp(`^  provisie payouts (${command} .*)$`, 'm').exec(text)?.[1];
  expect(line, `nobody is told of ${command} in:\n${text}`).toBeDefined();
  return String(line).split(' ');
}

const payoutIds = (listed: string) => {
  const rows = [...listed.matchAll(/^([0-9a-f]{32}) +(\S+) +(\S+)/gm)];
  return new Map(rows.map(([, id, partner, status]) => [String(partner), { id, status }]));
};

describe('a month', () => {
  let office: FinanceOffice;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'provisie-month-'));
    office = await openFinanceOffice(folder);
  });
  afterAll(async () => {
    await office.server.stop('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  test('is closed in four commands, each told by the one before', async () => {
    const preview = await office.payouts(['preview']);
    expect(preview).toMatchObject({ exitCode: 0, stderr: '' });
    expect(preview.stdout).toMatch(/^woonblog +1 +€100\.00 +€0\.00 +€0\.00 +€100\.00$/m);
    expect(preview.stdout).toMatch(/^bouwtips +1 +€200\.00 +€0\.00 +€42\.00 +€242\.00$/m);
    expect(preview.stdout).toMatch(/^klein +€10\.00 +€50\.00 +€40\.00$/m);
    expect(preview.stdout).toMatch(/^zonder +€100\.00 +The partner has given no payout details/m);
    expect(preview.stdout).toMatch(/^due +2 +€300\.00 +€42\.00 +€342\.00$/m);

    const approved = await office.payouts(told(preview.stdout, 'approve'));
    expect(approved).toMatchObject({ exitCode: 0, stderr: '' });
    expect(approved.stdout).toContain(
      'is scheduled: 2 payouts, €300.00 and VAT of €42.00, in all €342.00',
    );

    const command = told(approved.stdout, 'export');
    const runId = String(command[1]);
    const to = join(folder, 'payouts');
    const exported = await office.payouts([...command, '--documents']);
    expect(exported).toMatchObject({ exitCode: 0, stderr: '' });
    const names = ['bouwtips-0001.pdf', 'bouwtips-0001.xml', `${runId}.csv`];
    names.push(`${runId}.pain.001.001.09.xml`, 'woonblog-S0001.pdf');
    expect(readdirSync(to).sort()).toEqual(names.sort());
    for (const name of names) expect(statSync(join(to, name)).mode & 0o777).toBe(0o600);
    const file = readFileSync(join(to, `${runId}.pain.001.001.09.xml`), 'utf8');
    expect(file).toContain('<CtrlSum>342.00</CtrlSum>');
    expect(readFileSync(join(to, `${runId}.csv`), 'utf8').split('\r\n')).toHaveLength(4);
    expect(readFileSync(join(to, 'bouwtips-0001.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(exported.stdout).toContain('2 payments, in all €342.00');
    expect(exported.stdout).toMatch(/Lukasz Wisniewski \(for Łukasz Wiśniewski\)/);

    const again = await office.payouts([...command, '--to', to]);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stdout.match(/\(unchanged\)$/gm)).toHaveLength(2);
    const older = await office.payouts([...command, '--to', to, '--format', 'pain.001.001.03']);
    expect(older).toMatchObject({ exitCode: 0 });
    expect(readdirSync(to)).toContain(`${runId}.pain.001.001.03.xml`);

    writeFileSync(join(to, `${runId}.csv`), 'notes of my own');
    const refused = await office.payouts([...command, '--to', to]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toMatch(/There is another file already[^]*\.csv\n--replace-files/);
    expect(readFileSync(join(to, `${runId}.csv`), 'utf8')).toBe('notes of my own');
    expect(readdirSync(to).filter((name) => name.endsWith('.part'))).toEqual([]);
    const replaced = await office.payouts([...command, '--to', to, '--replace-files']);
    expect(replaced).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(to, `${runId}.csv`), 'utf8')).toContain('woonblog');

    const wrong = await office.payouts(['confirm', runId, '--total', '342.01']);
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.stderr).toMatch(/342\.00/);
    const confirmed = await office.payouts(told(exported.stdout, 'confirm'));
    expect(confirmed).toMatchObject({ exitCode: 0, stdout: '2 paid, 0 failed, 0 known before.\n' });
    const repeated = await office.payouts(['confirm', runId, '--total', '342.00']);
    expect(repeated.stdout).toBe('0 paid, 0 failed, 2 known before.\n');

    const runs = await office.payouts(['list']);
    expect(runs.stdout).toMatch(new RegExp(`^${runId} .* scheduled +2 +€342\\.00 `, 'm'));
    const listed = payoutIds((await office.payouts(['list', '--run', runId])).stdout);
    expect([...listed.values()].map(({ status }) => status)).toEqual(['paid', 'paid']);
    for (const { stdout, stderr } of [preview, approved, exported, refused, wrong, confirmed]) {
      expect(stdout + stderr).not.toMatch(STACK);
      expect(stdout + stderr).not.toMatch(/NL91ABNA|DE8937/);
    }
  });

  test('a payment that came back, a bank file with mistakes, and one without', async () => {
    await office.sell('web-11', 'woonblog', 100_000);
    await office.sell('web-12', 'bouwtips', 100_000);
    const approved = await office.payouts([
      'approve',
      '--yes',
      '--partner',
      'woonblog',
      'bouwtips',
    ]);
    expect(approved.stdout).toMatch(/^due +2 +€200\.00 +€21\.00 +€221\.00$/m);
    const runId = String(told(approved.stdout, 'export')[1]);
    expect(await office.payouts(['export', runId])).toMatchObject({ exitCode: 0 });
    const listed = payoutIds((await office.payouts(['list', '--run', runId])).stdout);
    const [woonblog, bouwtips] = ['woonblog', 'bouwtips'].map((id) => String(listed.get(id)?.id));

    const file = join(folder, 'bank.csv');
    const day = dayText(dayOf(Date.now()));
    const write = (...rows: string[]) =>
      writeFileSync(file, ['payout_id,status,amount,currency,date,reason', ...rows, ''].join('\n'));
    write(`${String(woonblog)},paid,100.01,EUR,${day},`, `${'0'.repeat(32)},paid,1.00,EUR,${day},`);
    const refused = await office.payouts(['confirm', '--bank-file', file]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toMatch(/^Nothing was recorded: 2 entries are not right\.$/m);
    expect(refused.stderr).toMatch(/^ {2}line 2.*100\.00 EUR, not 100\.01/m);
    expect(refused.stderr).toMatch(/^ {2}line 3.*there is no payout 0{32}/m);
    write(`${String(woonblog)},paid,"100,00",EUR,${day},`);
    const unreadable = await office.payouts(['confirm', '--bank-file', file]);
    expect(unreadable.stderr).toMatch(/^ {2}line 2.*amount/m);

    const reason = 'The account is closed';
    const back = ['confirm', '--returned', String(bouwtips), '--reason', reason];
    const failed = await office.payouts(back);
    expect(failed).toMatchObject({ exitCode: 0, stdout: '0 paid, 1 failed, 0 known before.\n' });
    // What came back had left before: the statement that says so comes later, and is no contradiction.
    write(
      `${String(woonblog)},paid,100.00,EUR,${day},`,
      `${String(bouwtips)},paid,121.00,EUR,${day},`,
    );
    const sent = await office.payouts(['confirm', '--bank-file', file]);
    expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
    expect(sent.stdout).toContain('(csv): 2 paid, 0 failed, 0 known before.');
    const others = '<Ntry><Sts>PDNG</Sts></Ntry>'.repeat(62);
    writeFileSync(
      file,
      `<Document><BkToCstmrStmt><Stmt>${others}</Stmt></BkToCstmrStmt></Document>`,
    );
    const account = await office.payouts(['confirm', '--bank-file', file]);
    expect(account.stdout.match(/left out/g)).toHaveLength(50);
    expect(account.stdout).toMatch(/^ {2}and 12 more$/m);
    const after = await office.payouts(['list', '--run', runId]);
    expect(after.stdout).toMatch(
      /bouwtips +failed .*bouwtips-0002 bouwtips-0003 +The account is closed$/m,
    );
  });

  test('a run is taken back, and what it was to pay is due again', async () => {
    const approved = await office.payouts(['approve', '--yes']);
    const runId = String(told(approved.stdout, 'export')[1]);
    expect(await office.payouts(['export', runId])).toMatchObject({ exitCode: 0 });
    const refused = await office.payouts(['cancel', runId, '--reason', 'wrong month']);
    expect(refused).toMatchObject({ exitCode: 1 });
    const cancel = ['cancel', runId, '--reason', 'wrong month', '--not-sent-to-bank'];
    const cancelled = await office.payouts(cancel);
    expect(cancelled).toMatchObject({ exitCode: 0 });
    expect(cancelled.stdout).toMatch(/is taken back.*\nCredit notes: bouwtips-0005/);
    expect((await office.payouts(['preview'])).stdout).toMatch(/^due +1 /m);
  });

  test.for<[string, readonly string[], RegExp]>([
    [
      'a cut-off that is no day',
      ['preview', '--cut-off', 'march'],
      /^--cut-off: "march" is neither/,
    ],
    [
      'a cut-off in the future',
      ['preview', '--cut-off', '2099-01-31'],
      /^What becomes payable later[^]*\n {2}\/cutOff: lies in the future/,
    ],
    ['an approval that nobody saw', ['approve'], /^Nothing was approved\. Name the --fingerprint/],
    [
      'an outdated fingerprint',
      ['approve', '--fingerprint', 'f'.repeat(64)],
      /^What is due has changed[^]*\/fingerprint: is now [0-9a-f]{64}/,
    ],
    ['a run that is none', ['export', 'run-0'], /^There is no payout run run-0/],
    [
      'an amount with a comma',
      ['confirm', 'run-0', '--total', '1243,88'],
      /is not an amount such as 1243\.88/,
    ],
    ['no total', ['confirm', 'run-0'], /^Give --total/],
    ['no reason', ['confirm', '--failed', 'x'], /^Give the --reason why it failed\./],
    ['no reason', ['confirm', '--returned', 'x'], /^Give the --reason why it came back\./],
    ['failed and returned', ['confirm', '--failed', 'x', '--returned', 'x'], /^One of these/],
    ['two ways at once', ['confirm', 'run-0', '--failed', 'x'], /^One of these at a time/],
    [
      'a bank file that is not there',
      ['confirm', '--bank-file', 'none.xml'],
      /^There is no file none\.xml\./,
    ],
    [
      'a format that is none',
      ['export', 'run-0', '--format', 'pain'],
      /^--format: "pain" is none of/,
    ],
  ])('%s is refused in words', async ([, args, message]) => {
    const { exitCode, stderr } = await office.payouts(args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK);
  });

  test('a wrong key, one that may not, and none', async () => {
    const wrong = await office.payouts(['preview'], 'pv_live_wrong');
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.stderr).toContain('PROVISIE_ACCESS_KEY must hold an access key of this server.');
    const orders = await office.payouts(['preview'], await issueKey(office.api, 'orders'));
    expect(orders.stderr).toContain('Use an access key with the scope finance or admin.');
    const none = await provisie(['payouts', 'preview'], { PROVISIE_URL: office.server.url });
    expect(none).toMatchObject({ exitCode: 1 });
    expect(none.stderr).toMatch(/^Set PROVISIE_ACCESS_KEY/);
  });
});

test('two people approve, each with a key of their own; who is suspended in between is skipped, and told', async () => {
  const office = await openFinanceOffice(temporaryFolder(), { PROVISIE_PAYOUT_APPROVALS: '2' });
  try {
    const opened = await office.payouts(['approve', '--yes']);
    expect(opened).toMatchObject({ exitCode: 0 });
    expect(opened.stdout).toContain('awaits a second person: 2 payouts');
    const command = told(opened.stdout, 'approve');
    const same = await office.payouts(command);
    expect(same).toMatchObject({ exitCode: 1 });
    expect(same.stderr).toMatch(/^This access key approved the run already/);
    const early = await office.payouts(['export', String(command[1])]);
    expect(early.stderr).toContain('awaits a second approval');
    await office.api('POST /v1/partners/woonblog/suspend', { reason: 'looked into' });
    const second = await office.payouts(command, await issueKey(office.api, 'finance'));
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.stdout).toContain('is scheduled: 1 payout,');
    expect(second.stdout).toContain('1 of the approved payouts was skipped and waits for the next');
    const listed = await office.payouts(told(second.stdout, 'list'));
    expect(listed.stdout).toMatch(/bouwtips +scheduled +€242\.00/);
    expect(listed.stdout).toMatch(/woonblog +skipped +€100\.00 +The partner was suspended after/);
  } finally {
    await office.server.stop('SIGTERM');
  }
});

test('where no server answers, its address is named and what to do', async () => {
  const { exitCode, stderr } = await provisie(
    ['payouts', '--url', 'http://127.0.0.1:59999', 'list'],
    {
      PROVISIE_ACCESS_KEY: 'pv_live_x',
    },
  );
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^No server answers at http:\/\/127\.0\.0\.1:59999 \(ECONNREFUSED\)\. Start it with/,
  );
  expect(stderr).not.toMatch(STACK);
});
