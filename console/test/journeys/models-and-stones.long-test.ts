// The models that reckon prices, put back and stopped; a stone recorded, and the stones of a list priced together.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser, Locator, Route } from 'playwright-core';
import { go, openSignedIn } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

interface Models {
  data: { models: { kind: string; version: string }[] };
}

const JOB = {
  id: '65a4f0c0ffee0123456789ab',
  targets: ['gold'],
  reason: 'asked',
  state: 'cancelled',
  progress: 0.42,
  step: '',
  requested_at: '2026-01-15T10:30:00.123Z',
  started_at: null,
  ended_at: null,
  cancel_requested: false,
  outcome: {},
  error: null,
};
const STOPPED = { ...JOB, ended_at: JOB.requested_at };

const PRICED = {
  success: true,
  data: {
    results: [
      {
        index: 0,
        success: true,
        prediction: { predicted_price: 120904, range_90: { lower: 95386, upper: 137203 } },
      },
      {
        index: 1,
        success: false,
        error: {
          message: 'Validation error',
          fields: [{ field: 'carat', rule: 'maximum', limit: 'must be at most 5.01' }],
        },
      },
    ],
    count: 2,
    failed: 1,
  },
};

describe('models and stones', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
  });

  test('models are put back and taken out again; a training is stopped, also by a second press', async () => {
    for (let n = 0; n < 2; n++) await api.send('POST', '/api/predictions/retrain', { model: 'gold' });
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/forecasts/models');
    const versionOf = async (): Promise<string | undefined> => {
      const { data } = await api.get<Models>('/api/predictions/models');
      return data.models.find(({ kind }) => kind === 'gold')?.version;
    };
    await page.getByText('Gold: the new models serve.').waitFor();
    const served = await versionOf();
    await page.getByRole('button', { name: 'Put them in service' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back').waitFor();
    assert.equal(await versionOf(), served);

    const running = { ...JOB, state: 'running', started_at: JOB.requested_at };
    let stops = 0;
    await page.route('**/api/predictions/jobs', (route) =>
      route.fulfill({ json: { success: true, data: [stops < 2 ? running : STOPPED], count: 1 } }),
    );
    await page.route(`**/api/predictions/jobs/${JOB.id}/cancel`, (route) =>
      ++stops === 1 ? route.abort() : route.fulfill({ json: { success: true, data: running } }),
    );
    await page.reload();
    await page.getByText('Learning: 42.0%').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Train models' }).isDisabled());
    const stop = page.getByRole('button', { name: 'Stop training' });
    await stop.click();
    await page.getByText('The shop does not answer').waitFor();
    await stop.click();
    await page.getByText('What it had not finished stays as it was').waitFor();
    assert.equal(stops, 2);
    assert.match(complaints.splice(0).join(), /ERR_FAILED/);
    await close();
  });

  test('stones of a list are priced together; a line that is none is named, and a lost line loses no text', async () => {
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/forecasts');
    // Learning from fifty stones would take longer than all the rest.
    await page.route('**/api/predictions/status', async (route) => {
      const status = await (await route.fetch()).json();
      status.data.diamond_model.trained = true;
      await route.fulfill({ json: status });
    });
    await page.route('**/api/predictions/diamond', (route) => route.abort());
    let asked = 0;
    await page.route('**/api/predictions/diamond/batch', (route) =>
      ++asked === 1 ? route.abort() : route.fulfill({ json: PRICED }),
    );
    await page.reload();
    await go(page, '/console/forecasts/diamonds');
    await page.getByRole('slider', { name: 'Carat' }).waitFor();
    const list = page.getByLabel('One stone a line');
    await list.fill('0.5 VS1 F Good\n1.2 Ideal');
    await page.getByRole('button', { name: 'Add the stone above' }).click();
    assert.equal(await list.inputValue(), '0.5 VS1 F Good\n1.2 Ideal\n1 Ideal G VS2');
    await list.press('Control+Enter');
    await page.getByText('Not understood: line 2.').waitFor();
    assert.equal(asked, 0);
    await list.fill('0.5 VS1 F Good\n1 Ideal G VS2');
    await list.press('Control+Enter');
    await page.locator('form').getByText('The shop does not answer').waitFor();
    assert.equal(await list.inputValue(), '0.5 VS1 F Good\n1 Ideal G VS2');
    await list.press('Control+Enter');
    await page.getByText('1 stone, ₹1,20,904').waitFor();
    await page.getByText('Must be at most 5.01.').waitFor();
    assert.match(complaints.splice(0).join(), /ERR_FAILED/);
    await close();
  });

  test('a stone that is recorded stands in the list; one without a price is refused beside its field', async () => {
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/prices');
    await page.getByRole('button', { name: 'Record a stone' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Carat').fill('0.71');
    // Also where no focus is: the key that the button shows is that of the uppermost window.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('Control+Enter');
    await dialog.locator('[data-path="price"][aria-invalid="true"]').waitFor();
    assert.match(complaints.splice(0).join(), /400/);
    const price = dialog.getByLabel('Price of the stone');
    await paste(price, 'about two lakh');
    await dialog.getByText('Only figures, such as 9,30,451.20').waitFor();
    assert.equal(await price.inputValue(), '');
    await paste(price, '₹ २,१०,०००.५/-');
    assert.equal(await price.inputValue(), '2,10,000.5');
    // What was dropped is not forgotten while its rest stands there.
    await price.fill('');
    await price.pressSequentially('1e5');
    await dialog.getByText('Only figures, such as 9,30,451.20').waitFor();
    await price.fill('२,१०,०००');
    assert.equal(await price.inputValue(), '2,10,000');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('main').getByText('0.71 ct').waitFor();
    await page.locator('main').getByText('₹2,10,000.00').waitFor();

    // And all that the shop knows can be taken along.
    await go(page, '/console/settings/backups');
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download everything' }).click();
    assert.match((await file).suggestedFilename(), /\.zip$/);

    // A press that the line swallowed is said to be one; the next makes a backup, and no other beside it.
    const make = page.getByRole('button', { name: 'Back up now' });
    const cut = (route: Route) => (route.request().method() === 'POST' ? route.abort() : route.fallback());
    await page.route('**/api/backups', cut);
    await make.click();
    await page.getByText('The shop does not answer').waitFor();
    await page.unroute('**/api/backups', cut);
    await make.click();
    await page.getByText('A backup is under way').waitFor();
    assert.ok(await make.isDisabled(), 'it can be pressed while one is under way');
    await page.getByText('The last backup was restored and compared').waitFor();
    await page.getByRole('button', { name: /^Copy the command that brings back/ }).waitFor();
    assert.match(complaints.splice(0).join(), /ERR_FAILED/);
    await close();
  });
});

/** As from another program; a browser without a screen has no clipboard to share. */
function paste(field: Locator, text: string): Promise<void> {
  return field.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    input.focus();
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}
