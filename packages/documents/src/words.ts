import type { DocumentKind, DocumentLanguage, VatTreatment } from './document.ts';

/** Every text on a document that isn't content. Legal wordings name the article they come from. */
export interface Words {
  readonly title: Readonly<Record<DocumentKind, string>>;
  /** Instead of "credit note" where there was no invoice: a private person got a statement. */
  readonly statementCorrection: string;
  /** Directive 2006/112 Art. 226(10a). */
  readonly selfBilling: string;
  /** Art. 224: who drew it up, and for whom. */
  readonly drawnUpBy: (customer: string, supplier: string) => string;
  readonly noInvoice: string;
  readonly supplier: string;
  readonly customer: string;
  readonly payee: string;
  readonly payer: string;
  readonly vatId: string;
  readonly registration: string;
  readonly dutchRegistration: string;
  readonly number: string;
  readonly issueDate: string;
  readonly periodEnd: string;
  readonly payout: string;
  readonly description: string;
  readonly commission: (programme: string) => string;
  readonly orders: string;
  readonly orderCount: (count: number, text: string) => string;
  readonly vat: string;
  readonly amount: string;
  readonly vatRate: string;
  readonly vatBase: string;
  readonly vatAmount: string;
  readonly netTotal: string;
  readonly total: Readonly<Record<DocumentKind, string>>;
  /** In a table, where the rate would stand. */
  readonly treatment: Readonly<Record<Exclude<VatTreatment, 'standard'>, string>>;
  /** Why there is no VAT on it. */
  readonly remark: Readonly<Record<Exclude<VatTreatment, 'standard' | 'no_vat'>, string>>;
  readonly payment: (customer: string, total: string, account: string) => string;
  readonly knownAccount: string;
  readonly account: (masked: string) => string;
  readonly reference: (payoutId: string) => string;
  readonly settlement: string;
  readonly corrects: string;
  readonly correctedInvoice: (number: string, day: string) => string;
  readonly remarks: string;
  readonly paymentHeading: string;
  readonly annex: string;
  readonly annexIntro: (number: string) => string;
  readonly orderId: string;
  readonly page: (page: number, pages: number) => string;
}

const dutch: Words = {
  title: {
    self_billing_invoice: 'Factuur',
    credit_note: 'Creditnota',
    payout_statement: 'Uitbetalingsoverzicht',
  },
  statementCorrection: 'Correctie op uitbetalingsoverzicht',
  selfBilling: 'Factuur uitgereikt door afnemer',
  drawnUpBy: (customer, supplier) =>
    `Opgemaakt door ${customer} (afnemer) in naam en voor rekening van ${supplier} (leverancier), op grond van een vooraf gesloten overeenkomst (art. 224 Richtlijn 2006/112/EG).`,
  noInvoice: 'Dit is een overzicht van uw uitbetaling en geen factuur.',
  supplier: 'Leverancier',
  customer: 'Afnemer',
  payee: 'Ontvanger',
  payer: 'Betaler',
  vatId: 'Btw-id',
  registration: 'Registratienummer',
  dutchRegistration: 'KvK',
  number: 'Nummer',
  issueDate: 'Datum',
  periodEnd: 'Commissie t/m',
  payout: 'Uitbetaling',
  description: 'Omschrijving',
  commission: (programme) => `Commissie affiliateprogramma ${programme}`,
  orders: 'Orders',
  orderCount: (count, text) => `${text} ${count === 1 ? 'order' : 'orders'}`,
  vat: 'Btw',
  amount: 'Bedrag',
  vatRate: 'Btw-tarief',
  vatBase: 'Over',
  vatAmount: 'Btw-bedrag',
  netTotal: 'Totaal exclusief btw',
  total: {
    self_billing_invoice: 'Totaal te ontvangen',
    credit_note: 'Totaal te verrekenen',
    payout_statement: 'Totaal te ontvangen',
  },
  treatment: {
    small_business: 'Vrijgesteld (KOR)',
    no_vat: '',
    reverse_charge: 'Btw verlegd',
    outside_scope: 'Geen btw',
  },
  remark: {
    small_business:
      'Vrijgesteld van btw op grond van de kleineondernemersregeling (art. 25 Wet OB 1968).',
    reverse_charge: 'Btw verlegd naar de afnemer (art. 196 Richtlijn 2006/112/EG).',
    outside_scope:
      'Geen btw in rekening gebracht: de dienst is belast in het land van de afnemer (art. 44 Richtlijn 2006/112/EG) en de afnemer draagt daar de btw af.',
  },
  payment: (customer, total, account) => `${customer} betaalt ${total} ${account}`,
  knownAccount: 'op uw bij ons bekende rekening.',
  account: (masked) => `op rekening ${masked}.`,
  reference: (payoutId) => `Kenmerk van de betaling: ${payoutId}`,
  settlement: 'Dit bedrag wordt verrekend met uw tegoed; u hoeft niets te betalen.',
  corrects: 'Corrigeert',
  correctedInvoice: (number, day) => `${number} van ${day}`,
  remarks: 'Opmerkingen',
  paymentHeading: 'Betaling',
  annex: 'Specificatie van de orders',
  annexIntro: (number) => `Bijlage bij ${number}`,
  orderId: 'Order',
  page: (page, pages) => `Pagina ${page} van ${pages}`,
};

const english: Words = {
  title: {
    self_billing_invoice: 'Invoice',
    credit_note: 'Credit note',
    payout_statement: 'Payout statement',
  },
  statementCorrection: 'Correction of payout statement',
  selfBilling: 'Self-billing',
  drawnUpBy: (customer, supplier) =>
    `Drawn up by ${customer} (customer) in the name and on behalf of ${supplier} (supplier) under a prior agreement (Art. 224 Directive 2006/112/EC).`,
  noInvoice: 'This is a statement of your payout, not an invoice.',
  supplier: 'Supplier',
  customer: 'Customer',
  payee: 'Payee',
  payer: 'Payer',
  vatId: 'VAT ID',
  registration: 'Registration number',
  dutchRegistration: 'KvK',
  number: 'Number',
  issueDate: 'Date',
  periodEnd: 'Commissions until',
  payout: 'Payout',
  description: 'Description',
  commission: (programme) => `Commission of the affiliate programme ${programme}`,
  orders: 'Orders',
  orderCount: (count, text) => `${text} ${count === 1 ? 'order' : 'orders'}`,
  vat: 'VAT',
  amount: 'Amount',
  vatRate: 'VAT rate',
  vatBase: 'On',
  vatAmount: 'VAT amount',
  netTotal: 'Total excluding VAT',
  total: {
    self_billing_invoice: 'Total to receive',
    credit_note: 'Total to set off',
    payout_statement: 'Total to receive',
  },
  treatment: {
    small_business: 'Exempt (KOR)',
    no_vat: '',
    reverse_charge: 'Reverse charge',
    outside_scope: 'No VAT',
  },
  remark: {
    small_business:
      'Exempt from VAT under the Dutch small-business scheme (kleineondernemersregeling, Art. 25 Wet OB 1968).',
    reverse_charge:
      'Reverse charge: the customer accounts for the VAT (Art. 196 Directive 2006/112/EC).',
    outside_scope:
      "No VAT charged: the service is taxed in the customer's country (Art. 44 Directive 2006/112/EC), where the customer accounts for the VAT.",
  },
  payment: (customer, total, account) => `${customer} pays ${total} ${account}`,
  knownAccount: 'to the account that you gave us.',
  account: (masked) => `to account ${masked}.`,
  reference: (payoutId) => `Payment reference: ${payoutId}`,
  settlement: 'This amount is set off against your balance; you need not pay anything.',
  corrects: 'Corrects',
  correctedInvoice: (number, day) => `${number} of ${day}`,
  remarks: 'Remarks',
  paymentHeading: 'Payment',
  annex: 'Specification of the orders',
  annexIntro: (number) => `Annex to ${number}`,
  orderId: 'Order',
  page: (page, pages) => `Page ${page} of ${pages}`,
};

export const WORDS: Readonly<Record<DocumentLanguage, Words>> = { nl: dutch, en: english };
