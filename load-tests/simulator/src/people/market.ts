/** What the people outside know of each other: who there is, what was sold, what they were told. */
export interface Market {
  readonly programmes: string[];
  readonly partners: string[];
  readonly links: string[];
  readonly coupons: { readonly code: string; readonly partnerId: string }[];
  readonly orders: { readonly orderId: string; readonly partnerId: string | null }[];
  readonly clicks: { readonly clickId: string; readonly visitorId: string }[];
  readonly runs: KnownRun[];
  /** Payments that the bank was asked for and what became of them. */
  readonly payments: Map<string, Payment>;
  readonly files: Map<string, string>;
  counter: number;
}

/** As finance knows it: it does only what is honest. */
export interface KnownRun {
  readonly runId: string;
  /** `sent`: the bank has the file. `refused`: it took none of it. */
  state: 'open' | 'exported' | 'sent' | 'refused' | 'cancelled';
  attempt: number;
}

export interface Payment {
  readonly payoutId: string;
  readonly amountCents: number;
  readonly currency: string;
  outcome: 'paid' | 'failed';
  /** How often the bank carried it out. */
  times: number;
  confirmed: boolean;
}

export function openMarket(): Market {
  return {
    programmes: [],
    partners: [],
    links: [],
    coupons: [],
    orders: [],
    clicks: [],
    runs: [],
    payments: new Map(),
    files: new Map(),
    counter: 0,
  };
}

export const VISITORS = ['visitor-1', 'visitor-2', 'visitor-3', 'visitor-4', 'visitor-5'];
export const CUSTOMERS = [
  'ada@example.com',
  'bob@example.com',
  'cas@example.com',
  'dee@example.com',
  // Also a partner's own address.
  'anna@partners.example',
];

/** Never to be found in the log. */
export const PERSONAL = [...CUSTOMERS, 'partners.example', 'NL91ABNA0417164300', 'Keizersgracht'];
