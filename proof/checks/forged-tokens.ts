import { check, type Finding, type Stage } from '../check.ts';
import { addAccount } from '../drive/accounts.ts';
import { addressOf, nameOf, readApi } from '../drive/api.ts';
import { claimsOf, forgedHeaders } from '../drive/forged-tokens.ts';
import { openShop } from '../drive/shop.ts';

const SECRET = 'x7Qp2mVt9LkR4sWb8NcY3hJd6FgZ1uTe';

interface Size {
  /** Every n-th operation. */
  every: number;
  /** Enough is known at the first route that lets one in: the streams among them would be listened to until the client gives up. */
  untilFirst?: true;
}

export const forgedTokens = check<Size>({
  id: 'R19',
  what: 'Forged tokens on every protected route',
  asked: '24 forged tokens x every protected route: 100% 401, 0 x 500',
  full: { every: 1 },
  quick: { size: { every: 5 }, reduced: 'every fifth route' },
  control: {
    defect: 'tokens of any algorithm',
    size: { every: 20, untilFirst: true },
    red: /HS512 was answered 20/,
  },
  run,
});

async function run(stage: Stage, { every, untilFirst }: Size): Promise<Finding> {
  const shop = await openShop(stage, { environment: { JWT_SECRET_KEY: SECRET } });
  const other = await addAccount(shop.owner);
  const { operations } = await readApi(shop.owner);
  const guarded = operations.filter(({ permission }) => permission !== 'public');
  const forged = Object.entries(forgedHeaders(claimsOf(String(shop.owner.token)), SECRET, other.id));
  const stranger = shop.client(8);
  stranger.token = null;
  const problems: string[] = [];
  let asked = 0;
  for (const operation of guarded.filter((_, index) => index % every === 0)) {
    if (untilFirst && problems.length > 0) break;
    const answers = await Promise.all(
      forged.map(([, authorization]) =>
        stranger.send(operation.method, addressOf(operation), operation.body?.example, {
          headers: { authorization },
        }),
      ),
    );
    for (const [index, { status, why }] of answers.entries()) {
      asked++;
      if (status === 401) continue;
      problems.push(`${nameOf(operation)}: ${forged[index]?.[0]} was answered ${status} ${why}`);
    }
  }
  const good = await shop.owner.get('/api/auth/me');
  if (good.status !== 200) problems.push(`the token that they were made from is answered ${good.status}`);
  await shop.close();
  const reached = `${forged.length} forged tokens x ${Math.ceil(guarded.length / every)} routes: ${asked - problems.length} of ${asked} answered 401`;
  return { reached, work: asked, floor: 24 * 3, problems };
}
