// What compose.yaml runs once at every start, after the database servers are up: makes the replica set and its accounts,
// which needs no hand work and may be done again. Its settings come from .env.production.

import { setUpCluster } from '../server/src/store/mongo/schema/set-up-cluster.ts';

function need(name: string): string {
  const value = process.env[name];
  if (value) return value;
  console.error(`${name} must be given`);
  process.exit(78);
}

const lines = await setUpCluster({
  hosts: need('MONGO_HOSTS').split(','),
  root: { username: 'root', password: need('MONGO_ROOT_PASSWORD') },
  accounts: {
    program: { username: 'swati', password: need('MONGO_PASSWORD') },
    admin: { username: 'swati-admin', password: need('MONGO_ADMIN_PASSWORD') },
  },
});
for (const line of lines) console.log(line);
