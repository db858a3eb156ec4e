// What every read and write asks of the cluster, said in one place: the driver sends no write concern unless it is told.

import type { MongoClientOptions, ReadConcernLike, TransactionOptions } from 'mongodb';

/** On a majority's disks before anybody is answered. A timeout means unknown, never failed. */
export const DURABLE = { w: 'majority', j: true, wtimeoutMS: 8_000 } as const;
/** For making collections and indexes, which takes as long as it takes. */
export const PATIENT = { w: 'majority', j: true, wtimeoutMS: 300_000 } as const;
/** The same in the words of a plain command, which the driver does not translate. */
export const PATIENT_COMMAND = { w: 'majority', j: true, wtimeout: 300_000 } as const;
/** Nothing is read that an election could take back. */
export const COMMITTED: ReadConcernLike = { level: 'majority' };

export const TRANSACTION: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: DURABLE,
  readPreference: 'primary',
};

/** These win over what a URI says. */
export const CLIENT: MongoClientOptions = {
  appName: 'swati',
  readConcern: COMMITTED,
  writeConcern: DURABLE,
  readPreference: 'primary',
  retryReads: true,
  retryWrites: true,
  maxPoolSize: 20,
  connectTimeoutMS: 5_000,
  serverSelectionTimeoutMS: 8_000,
  socketTimeoutMS: 60_000,
};
