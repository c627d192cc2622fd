import { CustomerOrders } from '@provisie/domain';
import { expect, test } from 'vitest';
import { KnownCustomers } from './known-customers.ts';

function ordersOf(customer: string, count: number): CustomerOrders {
  const orders = new CustomerOrders();
  for (let n = 0; n < count; n += 1) {
    const turns = [{ from: n, counts: true, promise: null }];
    orders.put({ orderId: `${customer}-${String(n)}`, placedAt: n, customer, turns });
  }
  return orders;
}

const CASES: readonly { what: string; sizes: Record<string, number>; kept: string[] }[] = [
  { what: 'whoever has few orders', sizes: { ann: 31, bob: 32, cas: 1 }, kept: ['bob'] },
  {
    what: 'who was met first, where all have more orders than are kept',
    sizes: { ann: 40_000, bob: 40_000, cas: 30_000 },
    kept: ['bob', 'cas'],
  },
  { what: 'all but one who has more alone', sizes: { ann: 40, bob: 100_001 }, kept: ['bob'] },
];

test.each(CASES)('forgets $what', ({ sizes, kept }) => {
  const customers = new KnownCustomers();
  for (const [customer, count] of Object.entries(sizes)) {
    customers.add(customer, ordersOf(customer, count));
  }
  customers.forgetMost();
  const names = Object.keys(sizes);
  expect(names.filter((customer) => customers.get(customer) !== undefined)).toEqual(kept);
});
