// For how long the names of former users stay: set, shown, and said before somebody goes.

import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';

test.use({ ownServer: true });

test('the organisation sets how long names stay, and whoever goes reads it', async ({ visitor, allowStatus }) => {
  allowStatus(422);
  const admin = await visitor(accounts.admin);
  const user = await visitor(accounts.dpo);
  const year = new Date().getFullYear();

  await test.step('what the demo begins with', async () => {
    await open(user, '/profile/terminate');
    await expect(user.getByText(`The name stays until the end of ${year + 3}`)).toBeVisible();
  });

  await test.step('years are whole and few', async () => {
    await open(admin, '/organisation');
    const years = admin.getByLabel('Years that a name stays on other actions');
    await expect(years).toHaveValue('3');
    await years.fill('a few');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.getByRole('alert').filter({ hasText: 'A whole number from 0 to 30' })).toBeVisible();
    await expect(years).toHaveValue('a few');
    await years.fill('5');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.locator('.toast')).toContainText('Saved');
  });

  await test.step('the table of periods and the page of who goes say it', async () => {
    const row = admin.getByRole('row').filter({ hasText: 'What you did' });
    await expect(row).toContainText('otherwise until 5 years after the end of the year');
    await open(user, '/profile/terminate');
    await expect(user.getByText(`The name stays until the end of ${year + 5}`)).toBeVisible();
    await open(admin, '/history');
    await expect(admin.locator('main').getByRole('listitem').first()).toContainText('changed');
  });
});
