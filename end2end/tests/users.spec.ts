// A user is created, and gets in by a link that works once.

import { expect, test } from '../support/fixtures.ts';
import { accounts, hydrated, open, signIn } from '../support/pages.ts';

test.use({ ownServer: true });

const name = 'Nora Newcomer';
const email = 'nora@demo.test';
const password = 'four words in a row';

test('a new user sets a password by link and is signed in', async ({ visitor, allowStatus }) => {
  allowStatus(409);
  const admin = await visitor(accounts.admin);
  await open(admin, '/users/new');
  await admin.getByLabel('Name', { exact: true }).fill(name);
  await admin.getByLabel('E-mail address', { exact: true }).fill(email);
  await admin.getByLabel('Billing manager').check();
  await admin.getByRole('button', { name: 'Create' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'The user was created' })).toBeVisible();
  const link = await admin.getByLabel('Link to set the password').inputValue();

  const user = await visitor();
  await open(user, link);
  await expect(user.locator('main')).toContainText(`For ${name} at Northwind Partners`);
  await user.getByLabel('Password', { exact: true }).fill(password);
  await user.getByRole('button', { name: 'Set password and sign in' }).click();
  await user.waitForURL((url) => url.pathname === '/');
  await expect(user.locator('main')).toContainText(name);
  await expect(user.locator('main')).toContainText('Billing manager');

  await test.step('the link is dead, the password works', async () => {
    const other = await visitor();
    await open(other, link);
    await expect(other.locator('main')).toContainText('This link was used, replaced, or has expired.');
    await signIn(other, { email, password });
    await expect(other.locator('main')).toContainText(name);
  });

  await test.step('the link is not shown again, and the user is in the list', async () => {
    await open(admin, '/users');
    await admin.getByRole('link', { name }).click();
    await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
    await hydrated(admin);
    await expect(admin.getByLabel('Link to set the password')).toHaveCount(0);
  });
});

test('an address that another user has is refused', async ({ visitor, allowStatus }) => {
  allowStatus(409);
  const admin = await visitor(accounts.admin);
  await open(admin, '/users/new');
  await admin.getByLabel('Name', { exact: true }).fill(name);
  await admin.getByLabel('E-mail address', { exact: true }).fill('BILLING@demo.test');
  await admin.getByRole('button', { name: 'Create' }).click();
  await expect(admin.getByRole('alert').filter({ hasText: 'Another user has this e-mail address.' })).toBeVisible();
  await expect(admin.getByLabel('Name', { exact: true })).toHaveValue(name);
});
