/** What the office sells. Prices in cents, without VAT. */
export interface Product {
  readonly productId: number;
  readonly name: string;
  readonly sku: string;
  readonly priceCents: number;
}

const product = (productId: number, name: string, sku: string, euros: number): Product => ({
  productId,
  name,
  sku,
  priceCents: euros * 100,
});

export const QUICKSCAN = product(201, 'Quickscan haalbaarheid', 'QS-01', 195);
export const RUSH = product(290, 'Spoedtoeslag (binnen 5 werkdagen)', 'SP-01', 150);

/** By how often each is the main product of an order. */
export const MAIN_PRODUCTS: readonly (readonly [Product, number])[] = [
  [product(101, 'Constructieberekening aanbouw', 'CB-AAN', 795), 26],
  [product(102, 'Constructieberekening dakkapel', 'CB-DAK', 645), 18],
  [product(103, 'Constructieberekening draagmuur doorbraak', 'CB-DRA', 545), 24],
  [product(104, 'Constructieberekening dakopbouw – compleet', 'CB-OPB', 1495), 9],
  [product(105, 'Funderingsadvies', 'FA-01', 895), 10],
  [QUICKSCAN, 8],
];

/** What is bought along with it. */
export const EXTRAS: readonly Product[] = [
  product(111, 'Vergunningaanvraag', 'VG-01', 395),
  product(112, 'Tekenwerk bestaande en nieuwe situatie', 'TW-01', 450),
  product(113, 'Extra variant', 'EV-01', 125),
];
