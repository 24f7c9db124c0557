// Why something can't be done, who can see something, and asking for a right.

import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { answer } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { clickAndTell } from '../support/moments.ts';
import { accounts, open } from '../support/pages.ts';
import { cell, makeRole } from '../support/roles.ts';

test.use({ ownServer: true });
test.describe.configure({ timeout: 120_000 });

const edit = 'Edit billing details';

test('a permission is asked for where it is missing, granted in one click, and there within a second', async ({ visitor }) => {
  const [admin, viewer] = [await visitor(accounts.admin), await visitor(accounts.viewer, { server: 2 })];
  await openLive(admin, '/');
  const partner = await firstPartner(viewer);
  await openLive(viewer, `/partners/${partner}/billing`);
  const iban = viewer.getByLabel('IBAN', { exact: true });
  await expect(iban).toBeDisabled();

  const why = await ask(viewer, "Why can't I edit this?");
  await expect(why).toContainText(`the permission “${edit}”`);
  await expect(why).toContainText('“Platform admin”, “Billing manager”');
  await expect(why).toContainText('It can be granted by Alex Admin.');
  await expectAccessible(viewer);
  await why.getByRole('button', { name: 'Ask for it', exact: true }).click();
  await expect(why).toContainText('There is no answer yet.');
  await expect(why.getByRole('button', { name: 'Take the request back', exact: true })).toBeFocused();

  // The page that is open learns of it by itself.
  await expect(admin.locator('main')).toContainText('One person asks for a permission that you can grant.');
  await admin.getByRole('link', { name: 'To the requests' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Requests for permissions' })).toBeVisible();
  const request = admin.getByRole('listitem').filter({ hasText: 'Vincent Okoro asks for' });
  await expect(request).toContainText(edit);
  await expect(request.getByLabel('Through the role')).toHaveText(/^Billing manager/);
  await expect(request).toContainText('This role also gives: “View history”.');
  await expectAccessible(admin);

  const enabled = viewer.waitForFunction(() => {
    const fields = [...document.querySelectorAll('main form :is(input, select, textarea)')];
    return fields.length >= 18 && fields.every((field) => field.matches(':enabled')) ? Date.now() : false;
  });
  const clicked = await clickAndTell(admin, request.getByRole('button', { name: 'Grant', exact: true }));
  const elapsed = ((await (await enabled).jsonValue()) as number) - clicked;
  test.info().annotations.push({ type: 'from the click to enabled fields', description: `${elapsed} ms` });
  expect(elapsed, 'milliseconds from the click to enabled fields').toBeLessThanOrEqual(1000);
  await expect(admin.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
  await expect(admin.locator('.toast')).toContainText('Granted: Vincent Okoro has the role now');

  await expect(viewer.getByRole('button', { name: "Why can't I edit this?" })).toHaveCount(0);
  await viewer.getByLabel('City', { exact: true }).fill('Bremen');
  await viewer.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(viewer.locator('.toast')).toContainText('Saved');
  await open(viewer, '/');
  await expect(viewer.getByRole('listitem').filter({ hasText: /granted on/ })).toContainText(edit);
  await expectAccessible(viewer);
});

test('whoever is declined sees it, and can ask again', async ({ visitor }) => {
  const [admin, viewer] = [await visitor(accounts.admin), await visitor(accounts.viewer, { server: 2 })];
  await openLive(viewer, '/billing');
  const why = await ask(viewer, "Why can't I edit this?");
  await why.getByRole('button', { name: 'Ask for it', exact: true }).click();
  await expect(why).toContainText('There is no answer yet.');
  await openLive(admin, '/users');
  await admin.getByRole('link', { name: 'Requests for permissions' }).click();
  await admin.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(admin.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();

  await expect(why).toContainText(/Declined on .+ You can ask again\./);
  await expect(viewer.getByLabel('IBAN', { exact: true })).toBeDisabled();
  await why.getByRole('button', { name: 'Ask for it', exact: true }).click();
  await expect(admin.getByRole('listitem').filter({ hasText: 'Vincent Okoro asks for' })).toBeVisible();
  await why.getByRole('button', { name: 'Take the request back', exact: true }).click();
  await expect(why).not.toContainText('There is no answer yet.');
  await expect(admin.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
});

test('who can see an IBAN, for those who manage roles', async ({ visitor }) => {
  const [admin, viewer] = [await visitor(accounts.admin), await visitor(accounts.viewer)];
  const partner = await firstPartner(admin);
  for (const path of ['/billing', `/partners/${partner}/billing`]) {
    await open(admin, path);
    for (const section of ['Company', 'Address', 'Invoices']) {
      await expect(admin.getByRole('button', { name: `Who can see “${section}”?`, exact: true })).toBeVisible();
    }
    const who = await ask(admin, 'Who can see this IBAN?');
    await expect(who).toContainText('6 people at this moment');
    await expect(who.getByRole('listitem')).toHaveCount(6);
    await expect(who.getByRole('listitem').filter({ hasText: 'Carla Nowak' })).toContainText('“Billing manager”');
    await expectAccessible(admin);
  }
  await open(viewer, '/billing');
  await expect(viewer.getByRole('button', { name: /^Who can see/ })).toHaveCount(0);
});

test('whoever may not see users is told how many can help, and no names', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const external = await visitor(accounts.external);
  await open(external, '/billing');
  const why = await ask(external, "Why can't I open this?");
  await expect(why).toContainText('the permission “View billing details”');
  await expect(why).toContainText('One person can grant it');
  await expect(why).not.toContainText('Alex');
  await open(external, '/roles');
  const never = await ask(external, "Why can't I open this?");
  await expect(never).toContainText('those never get it');
  await expect(never.getByRole('button', { name: 'Ask for it' })).toHaveCount(0);
});

test('a cell of the matrix says why it cannot be changed, and how to get there', async ({ visitor }) => {
  const [admin, viewer] = [await visitor(accounts.admin), await visitor(accounts.viewer)];
  const { id } = await makeRole(admin, 'Keeper', ['users.view', 'roles.manage']);
  const { users } = await answer<{ users: { id: string }[] }>(admin, 'users/list', { search: 'Vincent', after: null, before: null });
  await answer(admin, 'users/assign_role', { role: id, users: [users[0]!.id], held: true });
  await openLive(viewer, '/roles');
  const [locked, why] = [cell(viewer, edit, 'Keeper'), viewer.locator('main').getByRole('button', { name: "Why can't I edit this?" })];
  const reason = 'You don’t hold “Edit billing details” yourself, so you can neither give nor take it';

  await test.step('by keyboard, once for the whole table', async () => {
    await expect(why).toHaveCount(0);
    await locked.focus();
    await expect(locked).toHaveAttribute('aria-disabled', 'true');
    await expect(locked).toHaveAccessibleDescription(reason);
    await expect(viewer.locator('.said')).toHaveText(`${edit} for Keeper: ${reason}`);
    await viewer.keyboard.press('Tab');
    await expect(why).toBeFocused();
    await viewer.keyboard.press('Enter');
    await expect(viewer.locator('.question .note')).toContainText(`the permission “${edit}”`);
    await expect(viewer.locator('.question .note')).toContainText('It can be granted by Alex Admin.');
    await expectAccessible(viewer);
  });

  await test.step('it stays open beside what takes the same, and goes where nothing is to be asked', async () => {
    await viewer.keyboard.press('Shift+Tab');
    await expect(locked).toBeFocused();
    await viewer.keyboard.press('ArrowLeft');
    await expect(viewer.locator('.said')).toContainText(`${edit} for External agency`);
    await expect(viewer.locator('.question .note')).toBeVisible();
    await viewer.keyboard.press('ArrowUp');
    await expect(cell(viewer, 'View billing details', 'External agency')).toBeFocused();
    await expect(why).toHaveCount(0);
    await cell(viewer, edit, 'Platform admin').focus();
    await expect(viewer.locator('.said')).toContainText('Holds everything and can’t be changed');
    await expect(why).toHaveCount(0);
  });

  await test.step('what is asked for there is granted, and the cell is free', async () => {
    await locked.focus();
    await why.click();
    await viewer.locator('.question').getByRole('button', { name: 'Ask for it', exact: true }).click();
    await expect(viewer.locator('.question')).toContainText('There is no answer yet.');
    await open(admin, '/users/requests');
    await admin.getByRole('button', { name: 'Grant', exact: true }).click();
    await expect(locked).not.toHaveAttribute('aria-disabled', 'true');
    await expect(why).toHaveCount(0);
  });
});

/** Asks a question of the page, and gives its answer. */
async function ask(page: Page, words: string): Promise<Locator> {
  const button = page.getByRole('button', { name: words, exact: true });
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  const shown = page.locator('.question', { has: button }).locator('.note');
  await expect(shown).toBeVisible();
  return shown;
}

/** Opens a page and waits until live events reach it. */
async function openLive(page: Page, path: string): Promise<void> {
  await open(page, path);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'true');
}

/** The first partner of the list, as that visitor sees it. */
async function firstPartner(page: Page): Promise<string> {
  const request = { search: '', status: 'active', sort: 'name', after: null, before: null };
  const { partners } = await answer<{ partners: { id: string }[] }>(page, 'partners/list', request);
  return partners[0]!.id;
}
