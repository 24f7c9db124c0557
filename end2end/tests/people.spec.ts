// People come in by mail, stay in control of their address and password, and can be kept out.

import { tablesWith, dump } from '../support/database.ts';
import { expect, test } from '../support/fixtures.ts';
import { linkIn } from '../support/mailbox.ts';
import { accounts, agree, demoPassword, hydrated, open, signIn } from '../support/pages.ts';
import type { Page } from '@playwright/test';

test.use({ ownServer: true });

const nora = { name: 'Nora Newcomer', email: 'nora@demo.test', password: 'four words in a row' };

async function invite(admin: Page): Promise<void> {
  await open(admin, '/users/new');
  await admin.getByLabel('Name', { exact: true }).fill(nora.name);
  await admin.getByLabel('E-mail address', { exact: true }).fill(nora.email);
  await admin.getByLabel('Billing manager').check();
  await admin.getByLabel('Language').last().selectOption('de');
  await admin.getByRole('button', { name: 'Invite' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: `${nora.name} is invited` })).toBeVisible();
}

async function openUser(admin: Page, name: string): Promise<void> {
  await open(admin, `/users?search=${encodeURIComponent(name)}`);
  await admin.getByRole('link', { name }).click();
  await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
  await hydrated(admin);
}

test('invited by mail, accepted, signed in', async ({ assent, visitor, allowStatus }) => {
  allowStatus(409);
  const admin = await visitor(accounts.admin);
  await invite(admin);
  const mail = await assent.mailbox.wait(nora.email, /Northwind Partners/);
  expect(mail.text, 'in the language that was chosen').toContain('Einladung');
  expect(mail.html).toContain(linkIn(mail).replace('&', '&amp;'));
  await openUser(admin, nora.name);
  await expect(admin.locator('main')).toContainText('Invitation, sent');

  const user = await visitor();
  await open(user, linkIn(mail));
  await expect(user.locator('main')).toContainText(nora.name);
  await user.getByLabel('Password', { exact: true }).fill(nora.password);
  await user.getByRole('button', { name: 'Accept and sign in' }).click();
  await agree(user);
  await expect(user.locator('main')).toContainText('Billing manager');

  await test.step('the link is dead, the password works', async () => {
    const other = await visitor();
    await open(other, linkIn(mail));
    await expect(other.locator('main')).toContainText("This link doesn't work any more");
    await other.context().addCookies([{ name: 'assent_language', value: 'en', url: assent.url }]);
    await signIn(other, nora);
  });
});

test('whoever declines an invitation is erased', async ({ assent, visitor }) => {
  const admin = await visitor(accounts.admin);
  await invite(admin);
  const mail = await assent.mailbox.wait(nora.email, /Northwind Partners/);
  expect(tablesWith(await dump(assent), nora.name)).toEqual({ person: 1 });
  const user = await visitor();
  await open(user, linkIn(mail));
  await user.getByRole('button', { name: 'Decline the invitation' }).click();
  await expect(user.getByText('You declined the invitation.')).toBeVisible();
  expect(tablesWith(await dump(assent), nora.name)).toEqual({});
  await open(admin, '/history');
  await expect(admin.locator('main').getByRole('listitem').first()).toContainText('who declined the invitation');
  await open(admin, '/users?status=invited');
  await expect(admin.locator('main')).toContainText('Nobody found');
});

test('a forgotten password is set anew, and older sign-ins end', async ({ assent, visitor }) => {
  const { email } = accounts.viewer;
  const elsewhere = await visitor(accounts.viewer);
  await expect(elsewhere.locator('html')).toHaveAttribute('data-live', 'true');
  const page = await visitor();
  await open(page, '/sign-in');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await hydrated(page);
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  const answer = 'If an account has this address, a mail with a link is on its way to it.';
  await expect(page.getByText(answer)).toBeVisible();

  await open(page, linkIn(await assent.mailbox.wait(email, /password/i)));
  await page.getByLabel('Password', { exact: true }).fill(nora.password);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await assent.mailbox.wait(email, /was changed/);

  await test.step('somebody unknown gets the same answer and no mail', async () => {
    const other = await visitor();
    await open(other, '/forgot-password');
    await other.getByLabel('E-mail address', { exact: true }).fill('nobody@demo.test');
    await other.getByRole('button', { name: 'Send the link' }).click();
    await expect(other.getByText(answer)).toBeVisible();
    expect(assent.mailbox.to('nobody@demo.test')).toEqual([]);
  });
});

test('a new address is confirmed there, and the old one is told', async ({ assent, visitor }) => {
  const old = accounts.viewer.email;
  const fresh = 'vincent.new@demo.test';
  const user = await visitor(accounts.viewer);
  await open(user, '/profile');
  await user.getByLabel('E-mail address', { exact: true }).fill(fresh);
  await user.getByRole('button', { name: 'Save' }).first().click();
  await expect(user.getByText(`New address: ${fresh}`)).toBeVisible();
  await assent.mailbox.wait(old, /address/i);
  const link = linkIn(await assent.mailbox.wait(fresh, /confirm/i));

  const other = await visitor();
  await signIn(other, { email: old });
  await other.request.get(link);
  await open(other, '/profile');
  await expect(other.getByLabel('E-mail address', { exact: true }), 'opening does nothing').toHaveValue(old);

  await open(other, link);
  await other.getByRole('button', { name: 'Confirm the address' }).click();
  await expect(other.getByText('The new address is confirmed')).toBeVisible();
  await signIn(other, { email: fresh });
  await expect.poll(() => assent.mailbox.to(old).length, 'told when it is asked for, and when it is done').toBe(2);
  expect(tablesWith(await dump(assent), old)).toEqual({});
});

test('a suspended user is out within a second, and in again afterwards', async ({ visitor, allowStatus }) => {
  allowStatus(401);
  const admin = await visitor(accounts.admin);
  const user = await visitor(accounts.viewer);
  await open(user, '/partners');
  await expect(user.locator('html')).toHaveAttribute('data-live', 'true');
  const name = 'Vincent Okoro';
  await openUser(admin, name);
  await admin.getByRole('button', { name: 'Suspend', exact: true }).click();
  const dialog = admin.getByRole('dialog');
  await expect(dialog).toContainText('All sign-ins end at once');
  await dialog.getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(user.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible({ timeout: 1000 });
  await user.getByLabel('E-mail address', { exact: true }).fill(accounts.viewer.email);
  await user.getByLabel('Password', { exact: true }).fill(demoPassword);
  await user.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(user.getByRole('alert')).toContainText('The e-mail address or the password is not right.');
  await admin.getByRole('button', { name: 'Lift the suspension' }).click();
  await expect(admin.locator('.toast').last()).toContainText('can sign in again');
  await signIn(user, accounts.viewer);
});

test('an admin terminates an account: numbers first, then the name alone stays', async ({ assent, visitor, allowStatus }) => {
  // The page of somebody who is gone may ask for them once more before it is left.
  allowStatus(404);
  const admin = await visitor(accounts.admin);
  const user = await visitor(accounts.viewer);
  await expect(user.locator('html')).toHaveAttribute('data-live', 'true');
  const name = 'Vincent Okoro';
  await openUser(admin, name);
  await admin.getByRole('button', { name: 'Terminate the account' }).click();
  const dialog = admin.getByRole('dialog');
  await expect(dialog).toContainText('Sign-ins: 1');
  await expect(dialog).toContainText('Roles: 1');
  await dialog.getByRole('button', { name: 'Terminate the account' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'The account is terminated' })).toBeVisible();
  await admin.getByRole('link', { name: 'Back to the users' }).click();
  await expect(admin).toHaveURL(/\/users$/);
  await expect(user.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  expect(tablesWith(await dump(assent), name)).toEqual({ person: 1 });
});

test('access of an external user ends with its last day', async ({ assent, visitor, allowStatus }) => {
  allowStatus(401, 422);
  const admin = await visitor(accounts.admin);
  const external = await visitor(accounts.external);
  await openUser(admin, 'Elena Rossi');
  await expect(admin.locator('main')).toContainText('External');
  const ends = admin.getByLabel('Last day of access');
  await ends.fill('2020-01-31');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('This day is over; choose today or a later one').first()).toBeVisible();
  await ends.fill('2099-12-31');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.locator('main')).toContainText('31 Dec 2099');
  await open(external, '/partners');
  await assent.execute(`UPDATE account SET access_ends_at = 1 WHERE external`);
  // The page may be on its own way to the sign-in page already.
  await expect(async () => {
    await external.goto('/partners');
    await expect(external.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test('an invitation that bounces says so', async ({ assent, visitor, allowStatus }) => {
  allowStatus(404);
  assent.mailbox.refuse(nora.email);
  const admin = await visitor(accounts.admin);
  await invite(admin);
  await expect(async () => {
    await openUser(admin, nora.name);
    await expect(admin.locator('main')).toContainText('given up: the mail server refused it (550)', { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await admin.getByRole('button', { name: 'Take back the invitation' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Take back the invitation' }).click();
  await expect(admin).toHaveURL(/\/users$/);
  expect(tablesWith(await dump(assent), nora.name)).toEqual({});
  expect(assent.output(), 'no address in the log').not.toContain(nora.email);
});
