// Links that are handed over, and addresses that are taken.

import { expect, test } from '../support/fixtures.ts';
import { accounts, hydrated, open, signIn } from '../support/pages.ts';

test.use({ ownServer: true });

const name = 'Carla Nowak';
const email = 'carla@demo.test';
const password = 'four words in a row';

test('a user sets a new password by a link that was handed over', async ({ visitor, allowStatus }) => {
  allowStatus(409);
  const admin = await visitor(accounts.admin);
  await open(admin, '/users?search=Carla');
  await admin.getByRole('link', { name }).click();
  await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
  await hydrated(admin);
  await admin.getByRole('button', { name: 'New link' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'New link' }).click();
  const link = await admin.getByLabel('Link to set the password').inputValue();

  const user = await visitor();
  await open(user, link);
  await expect(user.locator('main')).toContainText(`For ${name} at Northwind Partners`);
  await user.getByLabel('Password', { exact: true }).fill(password);
  await user.getByRole('button', { name: 'Set password and sign in' }).click();
  await user.waitForURL((url) => url.pathname === '/');
  await expect(user.locator('main')).toContainText(name);

  await test.step('the link is dead, the password works', async () => {
    const other = await visitor();
    await open(other, link);
    await expect(other.locator('main')).toContainText("This link doesn't work any more");
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
  await admin.getByRole('button', { name: 'Invite' }).click();
  await expect(admin.getByRole('alert').filter({ hasText: 'Another user has this e-mail address.' })).toBeVisible();
  await expect(admin.getByLabel('Name', { exact: true })).toHaveValue(name);
});
