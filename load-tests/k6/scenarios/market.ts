/** What the runner set up for one run, all of it under names of its own. */
export interface Market {
  /** Where the system is, without a slash at the end. */
  readonly url: string;
  /** Part of every name, so that runs don't meet. */
  readonly run: string;
  /** The shop's own pages, from which beacons are taken. */
  readonly origin: string;
  readonly linkCodes: readonly string[];
  readonly couponCodes: readonly string[];
  /** Null where only links were set up. */
  readonly shop: { readonly shopId: string; readonly secret: string } | null;
  /** Secrets of keys, one for each partner. */
  readonly partnerKeys: readonly string[];
  /** The secret of a key that may read decisions. */
  readonly financeKey: string | null;
  /** Orders that have a decision already. */
  readonly orderIds: readonly string[];
}
