import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../domain/settings.ts';
import { aBy, EVERY_SETTING, START } from './builders.ts';
import { type ContractCase, countDone, refusedWithoutTrace } from './contract-case.ts';

export const settingsCases: ContractCase[] = [
  {
    name: 'a shop that decided nothing has the defaults, at version 1',
    run: async ({ settings }) => {
      const { version, updatedAt: _, ...fields } = await settings.get();
      assert.deepEqual({ version, fields }, { version: 1, fields: DEFAULT_SETTINGS });
    },
  },
  {
    name: 'a change keeps the other settings and raises the version',
    run: async ({ settings }) => {
      const makingCharge = { kind: 'per_gram', paisePerGram: 75_050 } as const;
      await settings.change({ upiId: 'swati@bank', makingCharge }, 1, aBy({ at: START }));
      const { value } = await settings.change({ strictStock: true }, 2, aBy({ at: START + 1 }));
      const expected = { ...DEFAULT_SETTINGS, upiId: 'swati@bank', makingCharge, strictStock: true };
      assert.deepEqual(value, { ...expected, version: 3, updatedAt: START + 1 });
      assert.deepEqual(await settings.get(), value);
    },
  },
  {
    name: 'each setting is kept as it is changed to, alone',
    run: async ({ settings }) => {
      let before = await settings.get();
      for (const [field, wanted] of Object.entries(EVERY_SETTING)) {
        assert.notDeepEqual(before[field as keyof typeof before], wanted);
        const { value } = await settings.change({ [field]: wanted }, null, aBy());
        const { version, updatedAt } = value;
        assert.deepEqual(value, { ...before, [field]: wanted, version, updatedAt });
        assert.deepEqual(await settings.get(), value);
        before = value;
      }
    },
  },
  {
    name: 'a stale version is refused, and of changes made at once from one version exactly one is done',
    run: async (store) => {
      const { settings } = store;
      const attempts = [1, 2, 3].map((n) => settings.change({ shopName: `Shop ${n}` }, 1, aBy()));
      assert.equal(await countDone(attempts, 'stale_version'), 1);
      const stale = () => settings.change({ shopName: 'Late' }, 1, aBy());
      await refusedWithoutTrace(store, stale, 'stale_version');
    },
  },
  {
    name: 'changes of different settings made at once are all kept',
    run: async ({ settings }) => {
      await Promise.all([
        settings.change({ shopName: 'One' }, null, aBy()),
        settings.change({ shopPhone: '02025550101' }, null, aBy()),
        settings.change({ strictStock: true }, null, aBy()),
      ]);
      const { shopName, shopPhone, strictStock } = await settings.get();
      assert.deepEqual(
        { shopName, shopPhone, strictStock },
        {
          shopName: 'One',
          shopPhone: '02025550101',
          strictStock: true,
        },
      );
    },
  },
];
