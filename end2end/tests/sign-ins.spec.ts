// One's own sign-ins, the password, limits on attempts, and fresh proofs.

import type { Page } from '@playwright/test';
import { answer } from '../support/calls.ts';
import { ageProofs } from '../support/database.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, demoPassword, hydrated, open, signIn } from '../support/pages.ts';

test.use({ ownServer: true });

const newPassword = 'tram velvet oxide lantern';

test('a sign-in elsewhere is ended within a second, and this one stays', async ({ visitor, allowStatus }) => {
  allowStatus(401);
  const mine = await visitor(accounts.billing);
  const elsewhere = await visitor(accounts.billing, { server: 2 });
  await live(elsewhere);
  await open(mine, '/profile');
  await live(mine);
  const rows = signIns(mine).getByRole('row').filter({ hasText: 'Chrome on Linux' });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'This browser' }).getByRole('button')).toHaveCount(0);
  await rows.getByRole('button', { name: 'End', exact: true }).click();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible({ timeout: 1_000 });
  await expect(mine.locator('.toast')).toContainText('The sign-in has ended');
  await expect(rows).toHaveCount(1);
  expect(await answer(mine, 'sign_in/current')).not.toBeNull();
  expect(await answer(elsewhere, 'sign_in/current')).toBeNull();
});

test('all other sign-ins are ended, after a question', async ({ visitor, allowStatus }) => {
  allowStatus(401);
  const mine = await visitor(accounts.billing);
  const others = [await visitor(accounts.billing), await visitor(accounts.billing, { server: 2 })];
  const stranger = await visitor(accounts.viewer);
  for (const other of others) await live(other);
  await open(mine, '/profile');
  await mine.getByRole('button', { name: 'End all others' }).click();
  const dialog = mine.getByRole('dialog', { name: 'End all others' });
  await expect(dialog).toContainText('2 other sign-ins end at once. This browser stays signed in.');
  await dialog.getByRole('button', { name: 'End all others' }).click();
  for (const other of others) {
    await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  }
  await expect(mine.getByRole('button', { name: 'End all others' })).toHaveCount(0);
  for (const page of [mine, stranger]) expect(await answer(page, 'sign_in/current')).not.toBeNull();
});

test('the password is changed, and guessable ones are refused', async ({ visitor, allowStatus }) => {
  allowStatus(401, 422);
  const mine = await visitor(accounts.billing);
  const elsewhere = await visitor(accounts.billing);
  await live(elsewhere);
  await open(mine, '/profile');
  const change = async (current: string, password: string): Promise<void> => {
    await mine.getByLabel('Current password', { exact: true }).fill(current);
    await mine.getByLabel('New password', { exact: true }).fill(password);
    await mine.getByRole('button', { name: 'Change password' }).click();
  };
  const problem = (text: string) => mine.getByRole('alert').filter({ hasText: text });
  await change(demoPassword, 'short');
  await expect(problem('New password: At least 12 characters')).toBeVisible();
  await change(demoPassword, 'beabrandt2026');
  await expect(problem('it is made of your name, address or organisation')).toBeVisible();
  await change('not the password', newPassword);
  await expect(problem('This is not your password')).toBeVisible();
  await change(demoPassword, newPassword);
  await expect(mine.locator('.toast')).toContainText('The password was changed');
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await signIn(elsewhere, { ...accounts.billing, password: newPassword });
});

test('after too many wrong passwords people are told how long to wait', async ({ visitor, allowStatus }) => {
  allowStatus(401, 429);
  const page = await visitor();
  for (let tried = 0; tried < 10; tried += 1) {
    const request = { email: accounts.viewer.email, password: 'not the password' };
    expect((await page.request.post('/fn/sign_in/sign_in', { data: { request } })).status()).toBe(401);
  }
  await open(page, '/sign-in');
  await page.getByLabel('E-mail address', { exact: true }).fill(accounts.viewer.email);
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Wait 3 minutes, then try again.');
});

test('another IBAN takes a fresh proof, and nothing typed is lost', async ({ assent, visitor, allowStatus }) => {
  allowStatus(403, 422);
  const page = await visitor(accounts.billing);
  await open(page, '/billing');
  const iban = page.getByLabel('IBAN', { exact: true });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  const dialog = page.getByRole('dialog', { name: "Confirm it's you" });
  await ageProofs(assent);

  await test.step('without it nothing is saved', async () => {
    await iban.fill('SE4550000000058398257466');
    await save.click();
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'This step asks for it again' })).toBeVisible();
    await expect(iban).toHaveValue('SE4550000000058398257466');
  });

  await test.step('with it what was typed is saved', async () => {
    await save.click();
    await dialog.getByLabel('Password', { exact: true }).fill('not the password');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await expect(dialog.getByRole('alert')).toContainText('This is not your password');
    await dialog.getByLabel('Password', { exact: true }).fill(demoPassword);
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.locator('.toast')).toContainText('Saved');
    await expect(dialog).toBeHidden();
    await open(page, '/billing');
    await expect(iban).toHaveValue('SE45 5000 0000 0583 9825 7466');
  });
});

function signIns(page: Page) {
  return page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Your sign-ins' }) });
}

/** Waits until the page is told of what happens. */
async function live(page: Page): Promise<void> {
  await hydrated(page);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'true');
}
