import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containing } from '../test/matching.ts';
import {
  merchant,
  orderOf,
  partner,
  payment,
  payments,
  streamOf,
  textOf,
} from '../test/samples.ts';
import { PayoutFileError, sepaCreditTransfer } from './index.ts';
import type { CreditTransfer, CreditTransferOrder, SepaChange } from './index.ts';

const format = 'pain.001.001.09';

function written(
  transfers: readonly CreditTransfer[],
  change: Partial<CreditTransferOrder> = {},
): Promise<string> {
  const order = orderOf(transfers, change);
  return textOf(sepaCreditTransfer(format, order, streamOf(transfers)));
}

describe('a credit transfer order', () => {
  test('reads like this', async () => {
    const address = { street: 'Große Str. 7', postalCode: null, city: 'Köln', country: 'DE' };
    const creditor = { ...partner, name: 'Müller & Söhne', bic: 'COBADEFFXXX', address };
    const transfers = [payment(1, { creditor })];
    expect(await written(transfers)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>run-2026-11</MsgId><CreDtTm>2026-11-30T09:15:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>50.01</CtrlSum><InitgPty><Nm>Tuinwereld B.V.</Nm></InitgPty></GrpHdr><PmtInf><PmtInfId>run-2026-11</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>1</NbOfTxs><CtrlSum>50.01</CtrlSum><PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>2026-12-01</Dt></ReqdExctnDt><Dbtr><Nm>Tuinwereld B.V.</Nm><PstlAdr><StrtNm>Kade 1</StrtNm><PstCd>1011 AB</PstCd><TwnNm>Amsterdam</TwnNm><Ctry>NL</Ctry></PstlAdr></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><BICFI>ABNANL2A</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>
      <CdtTrfTxInf><PmtId><EndToEndId>00000000000000000000000000000001</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">50.01</InstdAmt></Amt><CdtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>Muller + Sohne</Nm><PstlAdr><StrtNm>Grosse Str. 7</StrtNm><TwnNm>Koln</TwnNm><Ctry>DE</Ctry></PstlAdr></Cdtr><CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct><RmtInf><Ustrd>Provisie 1</Ustrd></RmtInf></CdtTrfTxInf>
      </PmtInf></CstmrCdtTrfInitn></Document>
      "
    `);
    const older = sepaCreditTransfer(
      'pain.001.001.03',
      orderOf(transfers, { debtor: { ...merchant, bic: null, address: null } }),
      streamOf(transfers),
    );
    expect(await textOf(older)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn><GrpHdr><MsgId>run-2026-11</MsgId><CreDtTm>2026-11-30T09:15:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>50.01</CtrlSum><InitgPty><Nm>Tuinwereld B.V.</Nm></InitgPty></GrpHdr><PmtInf><PmtInfId>run-2026-11</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>1</NbOfTxs><CtrlSum>50.01</CtrlSum><PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt>2026-12-01</ReqdExctnDt><Dbtr><Nm>Tuinwereld B.V.</Nm></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>
      <CdtTrfTxInf><PmtId><EndToEndId>00000000000000000000000000000001</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">50.01</InstdAmt></Amt><CdtrAgt><FinInstnId><BIC>COBADEFFXXX</BIC></FinInstnId></CdtrAgt><Cdtr><Nm>Muller + Sohne</Nm><PstlAdr><StrtNm>Grosse Str. 7</StrtNm><TwnNm>Koln</TwnNm><Ctry>DE</Ctry></PstlAdr></Cdtr><CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct><RmtInf><Ustrd>Provisie 1</Ustrd></RmtInf></CdtTrfTxInf>
      </PmtInf></CstmrCdtTrfInitn></Document>
      "
    `);
  });

  test('comes in pieces, and holds only a little at a time', async () => {
    let given = 0;
    const counted = async function* () {
      for (const transfer of payments(1000)) {
        given += 1;
        yield transfer;
      }
    };
    const chunks = sepaCreditTransfer(format, orderOf(payments(1000)), counted());
    const first = await chunks.next();
    expect(first.value).toMatch(/^<\?xml/);
    expect(given).toBeLessThan(100);
    await chunks.return();
  });

  test('is the same bytes twice', async () => {
    expect(await written(payments(300))).toBe(await written(payments(300)));
  });

  test('has the count and the sum of its payments in both heads', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 99_999_999_999 }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(amounts, async (cents) => {
        const transfers = cents.map((amountCents, number) => payment(number, { amountCents }));
        const xml = await written(transfers);
        const texts = (name: string) =>
          [...xml.matchAll(new RegExp(`<${name}[^>]*>([^<]*)<`, 'g'))].map(([, text = '']) => text);
        const total = texts('InstdAmt')
          .map((text) => BigInt(text.replace('.', '')))
          .reduce((a, b) => a + b);
        expect(texts('CtrlSum').map((text) => BigInt(text.replace('.', '')))).toEqual([
          total,
          total,
        ]);
        expect(texts('NbOfTxs')).toEqual([String(cents.length), String(cents.length)]);
        expect(texts('InstdAmt').every((text) => /^\d+\.\d\d$/.test(text))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('says which texts it changed', async () => {
    const changes: SepaChange[] = [];
    const transfers = [
      payment(1),
      payment(2, { creditor: { ...partner, name: 'Ünal' }, remittance: 'Provisie №2' }),
    ];
    const order = orderOf(transfers, { debtor: { ...merchant, name: 'Tuin & Zn.' } });
    const onChange = (change: SepaChange) => changes.push(change);
    await textOf(sepaCreditTransfer(format, order, streamOf(transfers), { onChange }));
    const endToEndId = payment(2).endToEndId;
    expect(changes).toEqual([
      { endToEndId: null, field: 'debtor.name', from: 'Tuin & Zn.', to: 'Tuin + Zn.' },
      { endToEndId, field: 'creditor.name', from: 'Ünal', to: 'Unal' },
      { endToEndId, field: 'remittance', from: 'Provisie №2', to: 'Provisie No2' },
    ]);
  });
});

describe('an order whose head is wrong', () => {
  test.each([
    ['a payment too few', { payments: 301 }, 'count_mismatch', 'says 301, and there are 300'],
    ['a payment too many', { payments: 299 }, 'count_mismatch', 'says 299, and there are more'],
    ['a cent too few', { totalCents: 1_544_851 }, 'total_mismatch', '15448.51'],
    ['a cent too many', { totalCents: 1_544_849 }, 'total_mismatch', 'add up to more'],
  ] as const)('for %s is never closed', async (_, change, code, says) => {
    const transfers = payments(300);
    const out: string[] = [];
    const write = async () => {
      const chunks = sepaCreditTransfer(format, orderOf(transfers, change), streamOf(transfers));
      for await (const chunk of chunks) out.push(chunk);
    };
    await expect(write()).rejects.toMatchObject({
      name: 'PayoutFileError',
      code,
      message: containing(says),
    });
    expect(out.length).toBeGreaterThan(1);
    expect(out.join('')).not.toContain('</PmtInf>');
  });
});

describe('a value that no bank takes', () => {
  const iban = 'NL91ABNA0417164301';
  const longName = 'x'.repeat(71);
  const address = { street: null, postalCode: null, city: 'Köln', country: 'DE' };
  const creditor = (change: Partial<typeof partner>) => ({ creditor: { ...partner, ...change } });

  test.each<[string, Partial<CreditTransfer>, string, string]>([
    ['no identifier', { endToEndId: '/1' }, 'identifier_invalid', 'endToEndId'],
    ['a long identifier', { endToEndId: 'x'.repeat(36) }, 'identifier_invalid', 'endToEndId'],
    ['nothing', { amountCents: 0 }, 'amount_invalid', 'amountCents'],
    ['a negative amount', { amountCents: -1 }, 'amount_invalid', 'amountCents'],
    ['half a cent', { amountCents: 0.5 }, 'amount_invalid', 'amountCents'],
    ['above the maximum', { amountCents: 100_000_000_000 }, 'amount_invalid', 'amountCents'],
    ['a wrong check digit', creditor({ iban }), 'iban_invalid', 'creditor.iban'],
    ['an IBAN with spaces', creditor({ iban: 'NL91 ABNA' }), 'iban_invalid', 'creditor.iban'],
    ['no BIC', creditor({ bic: 'ABNA' }), 'bic_invalid', 'creditor.bic'],
    ['a long name', creditor({ name: longName }), 'text_too_long', 'creditor.name'],
    ['an empty name', creditor({ name: ' ' }), 'text_empty', 'creditor.name'],
    ['a long remittance', { remittance: 'x'.repeat(141) }, 'text_too_long', 'remittance'],
    [
      'no country',
      creditor({ address: { ...address, country: 'Duitsland' } }),
      'country_invalid',
      'creditor.address.country',
    ],
    [
      'a long city',
      creditor({ address: { ...address, city: 'x'.repeat(36) } }),
      'text_too_long',
      'creditor.address.city',
    ],
  ])('%s names payment and field', async (_, change, code, field) => {
    const wrong = payment(7, change);
    const place = { endToEndId: wrong.endToEndId, field };
    await expect(written([payment(1), wrong], { totalCents: 20_000 })).rejects.toMatchObject({
      code,
      place,
      message: containing(`Payment ${wrong.endToEndId}, ${field}: `),
    });
  });

  test.each<[Partial<CreditTransferOrder>, string, string]>([
    [{ messageId: 'a//b' }, 'identifier_invalid', 'messageId'],
    [{ executionDate: '2026-02-30' }, 'date_invalid', 'executionDate'],
    [{ executionDate: '1 december' }, 'date_invalid', 'executionDate'],
    [{ createdAt: Number.NaN }, 'date_invalid', 'createdAt'],
    [{ payments: 0 }, 'no_payments', 'payments'],
    [{ totalCents: 1.5 }, 'amount_invalid', 'totalCents'],
    [{ debtor: { ...merchant, iban } }, 'iban_invalid', 'debtor.iban'],
  ])('%o names the field of the head', async (change, code, field) => {
    const place = { endToEndId: null, field };
    await expect(written(payments(1), change)).rejects.toMatchObject({ code, place });
  });

  test('a payment twice is refused', async () => {
    const error = { code: 'payment_repeated', place: { endToEndId: payment(1).endToEndId } };
    await expect(written([payment(1), payment(1)])).rejects.toMatchObject(error);
    await expect(written([payment(1), payment(1)])).rejects.toBeInstanceOf(PayoutFileError);
  });
});
