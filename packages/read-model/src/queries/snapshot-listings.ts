import type { SnapshotListings } from '../read-model.ts';
import type { Session } from '../database/session.ts';
import { listCommissions } from './commissions.ts';
import { listDecisions } from './decisions.ts';
import { listDocuments } from './documents.ts';
import { listJournal } from './journal.ts';
import { listPayouts } from './payouts.ts';
import { listQuarantine } from './quarantine.ts';
import { trialBalanceOf } from './trial-balance.ts';

/** The listings as the tables stand in a snapshot. */
export function listingsOf(snapshot: Session): SnapshotListings {
  return {
    commissions: (filter, page) => listCommissions(snapshot, filter, page),
    decisions: (page) => listDecisions(snapshot, page),
    documents: (filter, page) => listDocuments(snapshot, filter, page),
    journal: (filter, page) => listJournal(snapshot, filter, page),
    payouts: (filter, page) => listPayouts(snapshot, filter, page),
    quarantine: (page) => listQuarantine(snapshot, page),
    trialBalance: (at) => trialBalanceOf(snapshot, at),
  };
}
