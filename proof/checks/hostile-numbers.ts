import { check, type Finding, type Stage } from '../check.ts';
import { addressOf, nameOf, type Operation, readApi } from '../drive/api.ts';
import { makeBills } from '../drive/bills.ts';
import { isDone, type Row } from '../drive/client.ts';
import { fits } from '../drive/hostile-values.ts';
import { addCustomer, addProduct, openShop } from '../drive/shop.ts';

/** As they stand in the JSON text, since some of them have no other form. */
const HOSTILE = [
  'null',
  'true',
  '"1"',
  '[1]',
  '{}',
  '1e308',
  '9007199254740992',
  '-0',
  'NaN',
  '1e-7',
  '1e-9',
  '1.23456',
  '-1',
  '""',
  '"1e3"',
  '" 1"',
  '"0x10"',
  '1e999',
];

interface Size {
  bills: number;
  /** Every n-th field. */
  every: number;
}

/** R28. */
export const hostileNumbers = check<Size>({
  id: 'R28',
  what: 'Numbers that are none in every numeric field; bills compared with a bookkeeper in BigInt',
  asked: 'refused 400 where a number is due; 10,000 bills equal a BigInt oracle',
  full: { bills: 10_000, every: 1 },
  quick: { size: { bills: 600, every: 3 }, reduced: '600 bills of 10,000, every third field' },
  control: { defect: 'bills in floats', size: { bills: 200, every: 20 }, red: /due were/ },
  run,
});

async function run(stage: Stage, { bills, every }: Size): Promise<Finding> {
  const shop = await openShop(stage);
  const [customer, product] = [await addCustomer(shop.owner), await addProduct(shop.owner)];
  const problems: string[] = [];
  const { operations } = await readApi(shop.owner);
  const fields = operations
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/predictions/jobs'))
    .flatMap((operation) => numericFields(operation).map((field) => ({ operation, field })))
    .filter((_, index) => index % every === 0);
  let refused = 0;
  for (const { operation, field } of fields) {
    for (const text of HOSTILE) {
      const body = bodyWith(operation, field, text, { customer, product });
      const answer = await shop.owner.send(operation.method, addressOf(operation, product), body);
      if (answer.status === 400) refused++;
      const allowed = isFitting(field.schema, text);
      if (isDone(answer) && !allowed)
        problems.push(`${nameOf(operation)} took ${text} as ${field.path.join('.')}`);
      if (answer.status >= 500 && !answer.text.includes('not_trained'))
        problems.push(
          `${nameOf(operation)}: ${text} as ${field.path.join('.')} was answered ${answer.status}`,
        );
    }
  }
  const right = await makeBills(shop.client(8), stage.random, { bills, customer, product }, problems);
  await shop.close();
  const reached = `${fields.length} fields x ${HOSTILE.length} values, ${refused} refused; ${right} of ${bills} bills equal`;
  return { reached, work: refused + right, floor: fields.length + bills / 2, problems };
}

interface NumericField {
  path: string[];
  schema: Row;
}

function numericFields({ body }: Operation): NumericField[] {
  const walk = (schema: Row, path: string[]): NumericField[] => {
    const types = [schema.type].flat() as string[];
    if (types.includes('number') || types.includes('integer')) return [{ path, schema }];
    if (types.includes('array')) return walk((schema.items ?? {}) as Row, [...path, '0']);
    const properties = (schema.properties ?? {}) as Record<string, Row>;
    return Object.entries(properties).flatMap(([name, one]) => walk(one, [...path, name]));
  };
  return body ? walk(body.schema, []) : [];
}

/** A text field that also takes a number says so in its schema; NaN and 1e999 are no JSON or no finite number. */
function isFitting(schema: Row, text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return fits(schema, value) && !(typeof value === 'number' && !Number.isFinite(value));
  } catch {
    return false;
  }
}

const MARK = '@hostile@';

/** The example with real ids, and the text in the place of one field. */
function bodyWith(
  { body }: Operation,
  { path }: NumericField,
  text: string,
  ids: { customer: string; product: string },
): string {
  const copy = structuredClone(body?.example ?? {}) as Row;
  let at: Row = copy;
  for (const [index, name] of path.entries()) {
    if (index === path.length - 1) at[name] = MARK;
    else {
      at[name] ??= path[index + 1] === '0' ? [{}] : {};
      at = at[name] as Row;
    }
  }
  return JSON.stringify(copy)
    .replaceAll('65e0c0ffee0123456789abcd', ids.customer)
    .replaceAll('65d0c0ffee0123456789abcd', ids.product)
    .replace(`"${MARK}"`, text);
}
