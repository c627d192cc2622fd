import type { Endpoint } from './api.ts';
import { rejectCommission, reinstateCommission } from './commissions/give-verdict.ts';
import { listCommissions } from './commissions/list-commissions.ts';
import { issueCoupon } from './coupons/issue-coupon.ts';
import { getCoupon, listCoupons } from './coupons/read-coupons.ts';
import { withdrawCoupon } from './coupons/withdraw-coupon.ts';
import { issueKey, listKeys, revokeKey } from './keys/keys-endpoints.ts';
import { disableLink, retargetLink } from './links/change-link.ts';
import { createLink } from './links/create-link.ts';
import { getLink, listLinks } from './links/read-links.ts';
import { getOwnBalance } from './me/own-balance.ts';
import {
  listOwnCommissions,
  listOwnCoupons,
  listOwnLinks,
  ownPerformance,
} from './me/own-lists.ts';
import { getOwnPayoutDetails, putOwnPayoutDetails } from './me/own-payout-details.ts';
import { getOwnPayout, listOwnDocuments, listOwnPayouts } from './me/own-payouts.ts';
import { getMe } from './me/own-profile.ts';
import { agreeOwnSelfBilling, getOwnSelfBilling } from './me/own-self-billing.ts';
import { getOwnStatement, getOwnStatementChanges } from './me/own-statements.ts';
import { getMerchant, putMerchant } from './merchant/merchant-endpoints.ts';
import { getDecision } from './orders/get-decision.ts';
import { getOrder, listOrders } from './orders/read-orders.ts';
import {
  amendOrder,
  cancelOrder,
  completeOrder,
  placeOrder,
  refundOrder,
} from './orders/report-orders.ts';
import { applyAsPartner } from './partners/apply.ts';
import { changeProfile } from './partners/change-profile.ts';
import { approvePartner, reinstatePartner, suspendPartner } from './partners/change-status.ts';
import { eraseProfile } from './partners/erase-profile.ts';
import { getPartner, listPartners } from './partners/read-partners.ts';
import { closeReview, openReview } from './partners/review.ts';
import { getPayoutDetails, putPayoutDetails } from './payout-details/payout-details-endpoints.ts';
import {
  getDocumentPdf,
  getDocumentUbl,
  getOwnDocumentPdf,
  getOwnDocumentUbl,
  listDocuments,
} from './payouts/documents-endpoints.ts';
import { getPaymentFile, getPaymentFileChanges, getPayoutsCsv } from './payouts/files-endpoints.ts';
import {
  cancelPayout,
  confirmByFile,
  confirmPaid,
  getPayout,
  listPayouts,
} from './payouts/payouts-endpoints.ts';
import { previewPartners, previewPayouts } from './payouts/preview.ts';
import {
  approveNewRun,
  approveRun,
  cancelPayoutRun,
  confirmRunPaid,
  exportRun,
  getRun,
  listRuns,
  scheduleRun,
} from './payouts/runs-endpoints.ts';
import { listSkippedPayouts } from './payouts/skipped.ts';
import { closeProgramme } from './programmes/close-programme.ts';
import { openProgramme } from './programmes/open-programme.ts';
import { publishTerms } from './programmes/publish-terms.ts';
import { getProgramme, listProgrammes } from './programmes/read-programmes.ts';
import { listJournal } from './reports/journal.ts';
import { getJournalCsv } from './reports/journal-csv.ts';
import { listBalances } from './reports/list-balances.ts';
import { performance } from './reports/performance.ts';
import { listStreamEvents } from './reports/stream-events.ts';
import { trialBalance } from './reports/trial-balance.ts';
import { endSelfBilling, recordSelfBilling } from './self-billing/self-billing-endpoints.ts';
import { livez, readyz } from './service/health.ts';
import { openapiDocument } from './service/openapi-document.ts';
import { reference } from './service/reference.ts';
import { connectShop, disconnectShop, listShops } from './shops/shops-endpoints.ts';
import { getStatement, getStatementChanges } from './statements/partner-statements.ts';
import { woocommerceWebhook } from './woocommerce/woocommerce-webhook.ts';
import { writeOff } from './write-offs/write-off.ts';

/** All routes, in the order of the reference. */
export const ENDPOINTS: readonly Endpoint[] = [
  openProgramme,
  listProgrammes,
  getProgramme,
  publishTerms,
  closeProgramme,
  putMerchant,
  getMerchant,
  applyAsPartner,
  listPartners,
  getPartner,
  approvePartner,
  suspendPartner,
  reinstatePartner,
  changeProfile,
  eraseProfile,
  openReview,
  closeReview,
  putPayoutDetails,
  getPayoutDetails,
  recordSelfBilling,
  endSelfBilling,
  getStatement,
  getStatementChanges,
  writeOff,
  createLink,
  listLinks,
  getLink,
  retargetLink,
  disableLink,
  issueCoupon,
  listCoupons,
  getCoupon,
  withdrawCoupon,
  placeOrder,
  amendOrder,
  refundOrder,
  cancelOrder,
  completeOrder,
  listOrders,
  getOrder,
  getDecision,
  listCommissions,
  rejectCommission,
  reinstateCommission,
  listBalances,
  previewPayouts,
  previewPartners,
  approveNewRun,
  listRuns,
  getRun,
  approveRun,
  scheduleRun,
  exportRun,
  getPaymentFile,
  getPaymentFileChanges,
  getPayoutsCsv,
  confirmRunPaid,
  cancelPayoutRun,
  listPayouts,
  listSkippedPayouts,
  getPayout,
  cancelPayout,
  confirmPaid,
  confirmByFile,
  listDocuments,
  getDocumentPdf,
  getDocumentUbl,
  performance,
  trialBalance,
  listJournal,
  getJournalCsv,
  listStreamEvents,
  getMe,
  listOwnLinks,
  listOwnCoupons,
  listOwnCommissions,
  ownPerformance,
  getOwnBalance,
  getOwnStatement,
  getOwnStatementChanges,
  listOwnPayouts,
  getOwnPayout,
  listOwnDocuments,
  getOwnDocumentPdf,
  getOwnDocumentUbl,
  getOwnPayoutDetails,
  putOwnPayoutDetails,
  getOwnSelfBilling,
  agreeOwnSelfBilling,
  connectShop,
  listShops,
  disconnectShop,
  woocommerceWebhook,
  issueKey,
  listKeys,
  revokeKey,
  livez,
  readyz,
  openapiDocument,
  reference,
];
