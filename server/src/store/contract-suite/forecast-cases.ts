import assert from 'node:assert/strict';
import type { StoredForecast } from '../../domain/stored-forecast.ts';
import { aBy } from './builders.ts';
import type { ContractCase } from './contract-case.ts';

function aForecast(overrides: Partial<StoredForecast> = {}): StoredForecast {
  return {
    metal: 'gold',
    purity: '916',
    madeOn: '2026-01-15',
    targetDay: '2026-01-22',
    horizonDays: 7,
    lastPaise: 650_000,
    medianPaise: 651_000,
    lower80Paise: 640_000,
    upper80Paise: 662_000,
    lower95Paise: 630_000,
    upper95Paise: 672_000,
    modelVersion: '20260115_103000',
    ...overrides,
  };
}

const keyOf = ({ metal, purity, madeOn, targetDay }: StoredForecast) => ({
  metal,
  purity,
  madeOn,
  targetDay,
});

export const forecastCases: ContractCase[] = [
  {
    name: 'a forecast is kept once a day, series and target, as it was first published',
    run: async ({ forecasts, journal }) => {
      const before = await journal.position();
      const first = aForecast();
      const others = [aForecast({ purity: '999' }), aForecast({ targetDay: '2026-01-23', horizonDays: 8 })];
      assert.equal((await forecasts.publish([first, ...others], aBy())).value, 3);
      assert.equal((await forecasts.publish([aForecast({ medianPaise: 1 })], aBy())).value, 0);
      assert.deepEqual(await forecasts.due('2026-01-22', 10), [first, others[0]]);
      assert.deepEqual(await forecasts.due('2026-01-21', 10), []);
      assert.deepEqual(await forecasts.due('2026-02-01', 1), [first]);
      assert.equal(await journal.position(), before);
    },
  },
  {
    name: 'an outcome is noted once, with one journal entry a series',
    run: async ({ forecasts, journal }) => {
      const made = [aForecast(), aForecast({ madeOn: '2026-01-16', horizonDays: 6 })];
      await forecasts.publish(made, aBy());
      const outcome = { paise: 655_000, day: '2026-01-22' };
      const outcomes = made.map((forecast) => ({ ...keyOf(forecast), outcome }));
      assert.equal((await forecasts.score(outcomes, aBy())).value, 2);
      assert.deepEqual(await forecasts.due('2026-02-01', 10), []);
      const again = outcomes.map((entry) => ({ ...entry, outcome: { paise: 1, day: '2026-01-22' } }));
      assert.equal((await forecasts.score(again, aBy())).value, 0);
      const entries = await journal.list({ action: 'forecast.scored' }, 10);
      assert.deepEqual(
        entries.map(({ subject, after }) => [subject.id, after]),
        [['gold-916', { scored: 2, unknown: 0 }]],
      );
    },
  },
  {
    name: 'the scoreboard counts hits and errors by horizon, bounds included, and leaves unknown outcomes out',
    run: async ({ forecasts }) => {
      const made = [22, 23, 24, 25].map((day, index) =>
        aForecast({ targetDay: `2026-01-${day}`, horizonDays: 4 + index }),
      );
      const far = aForecast({ targetDay: '2026-04-15', horizonDays: 90 });
      await forecasts.publish([...made, far, aForecast({ metal: 'silver', purity: '999' })], aBy());
      const paises = [662_000, 630_000, 700_000, null];
      const outcomes = made.map((forecast, index) => ({
        ...keyOf(forecast),
        outcome: { paise: paises[index] ?? null, day: paises[index] ? forecast.targetDay : null },
      }));
      await forecasts.score(outcomes, aBy());
      const [near, , quarter] = await forecasts.scoreboard({ metal: 'gold', purity: '916' });
      assert.deepEqual([near?.published, near?.scored, near?.unknown], [4, 3, 1]);
      assert.deepEqual([near?.hit80, near?.hit95], [1 / 3, 2 / 3]);
      assert.equal(near?.meanErrorPaise, (11_000 + 21_000 + 49_000) / 3);
      assert.equal(near?.noChangeErrorPaise, (12_000 + 20_000 + 50_000) / 3);
      assert.equal(near?.errorRatio, 81_000 / 82_000);
      assert.deepEqual([quarter?.published, quarter?.scored, quarter?.hit80], [1, 0, null]);
      assert.equal((await forecasts.scoreboard(null))[0]?.published, 5);
    },
  },
];
