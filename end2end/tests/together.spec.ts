// A role for several users at once, taken back by one click.

import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';

test.use({ ownServer: true });

test('a role is given to several users at once, and taken back', async ({ visitor, allowStatus }) => {
  allowStatus(409);
  const admin = await visitor(accounts.admin);
  await open(admin, '/users');
  const bar = admin.getByRole('region', { name: 'For several users at once' });
  await expect(bar).toHaveCount(0);
  const row = (name: string) => admin.getByRole('row').filter({ hasText: name });
  await admin.getByLabel('Choose Mina Haddad').check();
  await admin.getByLabel('Choose Tom Lindqvist').check();
  await expect(bar).toContainText('2 users chosen');
  await expectAccessible(admin);
  await expect(bar.getByRole('button', { name: 'Give this role' })).toBeDisabled();
  await bar.getByLabel('Role').selectOption({ label: 'Billing manager' });
  await admin.getByLabel('Choose Mina Haddad').uncheck();
  await admin.getByLabel('Choose Mina Haddad').check();
  await expect(bar.getByLabel('Role').locator('option:checked'), 'it stays chosen').toHaveText('Billing manager');
  await bar.getByRole('button', { name: 'Give this role' }).click();
  await expect(admin.locator('.toast')).toContainText('Gave Billing manager to 2 users');
  await expect(row('Mina Haddad')).toContainText('Billing manager');
  await expect(row('Tom Lindqvist')).toContainText('Billing manager');
  await expect(bar).toHaveCount(0);
  await expect(admin.locator('#users'), 'the keyboard goes on there').toBeFocused();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.locator('.toast')).toContainText('Took Billing manager away from 2 users');
  await expect(row('Tom Lindqvist')).not.toContainText('Billing manager');

  await test.step('from another page as well', async () => {
    await admin.getByLabel('Choose Mina Haddad').check();
    await bar.getByLabel('Role').selectOption({ label: 'Billing manager' });
    await bar.getByRole('button', { name: 'Give this role' }).click();
    await expect(row('Mina Haddad')).toContainText('Billing manager');
    await admin.getByRole('link', { name: 'Mina Haddad' }).click();
    await expect(admin.getByRole('heading', { level: 1, name: 'Mina Haddad' })).toBeVisible();
    await admin.getByRole('button', { name: 'Undo' }).click();
    await expect(admin.locator('.toast')).toContainText('Took Billing manager away from 1 user');
    await admin.goBack();
    await expect(row('Mina Haddad')).not.toContainText('Billing manager');
  });

  await test.step('to all of them or to nobody', async () => {
    await admin.getByLabel('Choose Tom Lindqvist').check();
    await admin.getByLabel('Choose Elena Rossi').check();
    await bar.getByLabel('Role').selectOption({ label: 'Platform admin' });
    await bar.getByRole('button', { name: 'Give this role' }).click();
    await expect(bar.getByRole('alert')).toBeVisible();
    await expect(row('Tom Lindqvist')).not.toContainText('Platform admin');
    await expect(bar, 'who was chosen stays chosen').toContainText('2 users chosen');
  });
});
