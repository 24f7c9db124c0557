// Closing the organisation, from the page with which the last platform admin can't agree.

import { expectAccessible } from '../support/axe.ts';
import { ageProofs, dump } from '../support/database.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, demoPassword, hydrated, open } from '../support/pages.ts';

test.use({ ownServer: true });

const organisation = 'Northwind Partners';

test('the last platform admin who does not agree closes the organisation', async ({ assent, visitor, allowStatus }) => {
  allowStatus(401, 403, 422);
  const admin = await visitor(accounts.admin);
  const other = await visitor(accounts.viewer);
  await open(other, '/partners');
  await assent.execute('DELETE FROM notice_agreement');
  await open(admin, '/partners');
  await expect(admin).toHaveURL(/\/notice/);
  await hydrated(admin);
  await admin.locator('main').getByRole('link', { name: 'Or close the organisation' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Close the organisation' })).toBeVisible();
  await hydrated(admin);
  const main = admin.locator('main');

  await test.step('it says in numbers what goes', async () => {
    await expect(main).toContainText('Accounts, with all that belongs to them: 8');
    await expect(main).toContainText('Partners: 60');
    await expect(main).toContainText('What accounting law asks you to keep');
    await expectAccessible(admin);
  });

  await test.step('another name changes nothing', async () => {
    await admin.getByLabel('Organisation', { exact: true }).fill('Northwind');
    await main.getByRole('button', { name: 'Close the organisation' }).click();
    await expect(main.getByRole('alert').first()).toContainText('This is not the name as it is written above');
    await expect(admin.getByLabel('Organisation', { exact: true })).toHaveValue('Northwind');
  });

  await test.step('without a fresh proof it asks for one', async () => {
    await ageProofs(assent);
    await admin.getByLabel('Organisation', { exact: true }).fill(organisation);
    await main.getByRole('button', { name: 'Close the organisation' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(demoPassword);
    await dialog.getByRole('button', { name: 'Confirm' }).click();
  });

  await expect(admin).toHaveURL(/\/sign-in\?notice=closed/);
  await expect(admin.locator('main')).toContainText('The organisation is closed.');
  await expect(other, 'everybody is signed out at once').toHaveURL(/\/sign-in/);
  const left = async () => [...(await dump(assent)).entries()].filter(([, rows]) => rows.length > 0).map(([table]) => table);
  await expect.poll(async () => (await left()).filter((table) => !/attempt|_sqlx|receipt|set_up_link|usage_count/.test(table))).toEqual([]);
});

test('whoever is not the last one, or no platform admin, is not offered it', async ({ assent, visitor, allowStatus }) => {
  allowStatus(403);
  const viewer = await visitor(accounts.viewer);
  await assent.execute('DELETE FROM notice_agreement');
  await open(viewer, '/notice');
  await expect(viewer.getByRole('button', { name: 'Continue' })).toBeVisible();
  await expect(viewer.getByRole('link', { name: /close the organisation/ })).toHaveCount(0);
  await open(viewer, '/organisation/close');
  await expect(viewer.locator('main')).not.toContainText('Accounts, with all');
});
