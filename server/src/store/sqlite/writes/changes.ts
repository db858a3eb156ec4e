// The table of changes: the names that may cross the thread, and what each runs. A change reads and writes through
// its transaction alone and is synchronous, so that nothing else happens between its rules and its rows.

import {
  type Change as AnyChange,
  type ChangeTable as AnyChangeTable,
  type ArgsOf,
  changeTable,
} from '../../books/change-table.ts';
import { recordBackup, recordRestore } from './backups.ts';
import { addCustomer, changeCustomer, removeCustomer, restoreCustomer } from './customers.ts';
import { noteExport } from './exports.ts';
import { publishForecasts, scoreForecasts } from './forecasts.ts';
import { addImage, removeImage, removeOrphanImages } from './images.ts';
import { advanceJob, cancelJob, claimJob, finishJob, requestJob } from './jobs.ts';
import { postByHand, reverseEntry } from './khata.ts';
import { forgetAttempt, takeAttempt } from './login-attempts.ts';
import { putModels, rollBackModels } from './models.ts';
import { comeBack, leaveFor } from './moves.ts';
import { addOrderNotes, changeOrderPaymentStatus, changeOrderStatus } from './order-changes.ts';
import { addOrder } from './orders.ts';
import { importDiamondPrices, importPrices } from './price-imports.ts';
import { confirmPrice, recordDiamondPrice, recordPrice } from './prices.ts';
import {
  addProduct,
  bulkProducts,
  changeProduct,
  changeProducts,
  removeProduct,
  restoreProduct,
} from './products.ts';
import { importCustomers, importProducts } from './record-imports.ts';
import { loadReference } from './reference.ts';
import { addSale } from './sales.ts';
import {
  confirmSecondFactor,
  dropSecondFactor,
  enrolSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from './second-factors.ts';
import {
  addTicket,
  openJournalledSession,
  openSession,
  revokeAllSessions,
  revokeSession,
  rotateRefreshToken,
  signOut,
  takeTicket,
} from './sessions.ts';
import { changeSettings } from './settings.ts';
import type { Tx } from './tx.ts';
import { addFirstUser, addUser, changePassword, changePreferences, changeUser } from './users.ts';

export const changes = {
  'backups.record': recordBackup,
  'backups.recordRestore': recordRestore,
  'customers.add': addCustomer,
  'customers.change': changeCustomer,
  'customers.remove': removeCustomer,
  'customers.restore': restoreCustomer,
  'exports.made': noteExport,
  'forecasts.publish': publishForecasts,
  'forecasts.score': scoreForecasts,
  'images.add': addImage,
  'images.remove': removeImage,
  'images.removeOrphans': removeOrphanImages,
  'jobs.advance': advanceJob,
  'jobs.cancel': cancelJob,
  'jobs.claim': claimJob,
  'jobs.finish': finishJob,
  'jobs.request': requestJob,
  'imports.customers': importCustomers,
  'imports.products': importProducts,
  'khata.post': postByHand,
  'khata.reverse': reverseEntry,
  'moves.comeBack': comeBack,
  'moves.leave': leaveFor,
  'models.put': putModels,
  'models.rollback': rollBackModels,
  'orders.add': addOrder,
  'orders.addNotes': addOrderNotes,
  'orders.changePaymentStatus': changeOrderPaymentStatus,
  'orders.changeStatus': changeOrderStatus,
  'products.add': addProduct,
  'products.bulk': bulkProducts,
  'products.change': changeProduct,
  'products.changeMany': changeProducts,
  'products.remove': removeProduct,
  'products.restore': restoreProduct,
  'prices.confirm': confirmPrice,
  'prices.import': importPrices,
  'prices.importDiamonds': importDiamondPrices,
  'prices.record': recordPrice,
  'prices.recordDiamond': recordDiamondPrice,
  'reference.load': loadReference,
  'sales.add': addSale,
  'secondFactors.confirm': confirmSecondFactor,
  'secondFactors.drop': dropSecondFactor,
  'secondFactors.enrol': enrolSecondFactor,
  'secondFactors.renewCodes': renewRecoveryCodes,
  'secondFactors.reset': resetSecondFactor,
  'sessions.addTicket': addTicket,
  'sessions.forgetAttempt': forgetAttempt,
  'sessions.open': openSession,
  'sessions.openJournalled': openJournalledSession,
  'sessions.revoke': revokeSession,
  'sessions.revokeAll': revokeAllSessions,
  'sessions.rotate': rotateRefreshToken,
  'sessions.signOut': signOut,
  'sessions.takeAttempt': takeAttempt,
  'sessions.takeTicket': takeTicket,
  'settings.change': changeSettings,
  'users.add': addUser,
  'users.addFirst': addFirstUser,
  'users.change': changeUser,
  'users.changePassword': changePassword,
  'users.changePreferences': changePreferences,
} as const;

/** How the door sees any change. */
export type Change = AnyChange<Tx>;
export type ChangeTable = AnyChangeTable<Tx>;
export const SHOP_CHANGES: ChangeTable = changeTable<Tx>(changes);

export type ChangeName = keyof typeof changes;
export type ChangeArgs<N extends ChangeName> = ArgsOf<(typeof changes)[N]>;
export type ChangeValue<N extends ChangeName> = ReturnType<(typeof changes)[N]>;
