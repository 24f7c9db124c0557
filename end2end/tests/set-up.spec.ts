// The first start without the demo.

import { expect, test as base } from '../support/fixtures.ts';
import { agree, open } from '../support/pages.ts';
import { startServer } from '../support/server.ts';

const test = base.extend({
  assent: async ({ database }, use) => {
    const assent = await startServer({ database, demo: false });
    await use(assent);
    await assent.stop();
  },
});

test('the printed link sets Assent up, once', async ({ assent, visitor, allowStatus }) => {
  allowStatus(409);
  const [, link = ''] = await assent.printed(/open (http\S+\/set-up\?token=\S+)/);
  const page = await visitor();
  await open(page, '/sign-in');
  await expect(page.locator('main')).toContainText('Nothing is set up yet');
  await open(page, link);
  await page.getByLabel('Organisation', { exact: true }).fill('Zephyr Holding');
  await page.getByLabel('Name', { exact: true }).fill('Ada First');
  await page.getByLabel('E-mail address', { exact: true }).fill('ada@zephyr.example');
  await page.getByLabel('Password', { exact: true }).fill('four words in a row');
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await agree(page);
  await expect(page.locator('main')).toContainText('Ada First');
  await expect(page.locator('main')).toContainText('Zephyr Holding');
  await expect(page.getByRole('link', { name: 'Manage Roles' }).first()).toBeVisible();

  const other = await visitor();
  await open(other, link);
  await expect(other.getByLabel('Organisation', { exact: true })).toHaveCount(0);
  await expect(other.locator('main')).toContainText("This link doesn't work any more");
});
