// A shop that moves into a cluster is marked where MONGODB_URI leads: nobody opens (or makes) a shop there before all of
// it has arrived, and the next move knows what a killed one has left.

import type { Db } from 'mongodb';
import { COMMITTED, DURABLE } from './concerns.ts';

/** Beside the pointer of generations.ts. */
const COLLECTION = 'swati_generations';

interface Arrival {
  _id: 'arriving';
  from: string;
  /** The database that it is copied into. */
  database: string;
}

function arrivals(named: Db) {
  return named.collection<Arrival>(COLLECTION, { readConcern: COMMITTED, writeConcern: DURABLE });
}

export function findArrival(named: Db): Promise<Arrival | null> {
  return arrivals(named).findOne({ _id: 'arriving' });
}

export async function putArrival(named: Db, arrival: Omit<Arrival, '_id'>): Promise<void> {
  await arrivals(named).updateOne({ _id: 'arriving' }, { $set: arrival }, { upsert: true });
}

export async function endArrival(named: Db): Promise<void> {
  await arrivals(named).deleteOne({ _id: 'arriving' });
}
