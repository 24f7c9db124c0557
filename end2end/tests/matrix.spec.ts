// The matrix at the size of a real company.

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { answer, call, roleNamed } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';
import { cell, head, makeRole, makeRoles, stored } from '../support/roles.ts';

test.use({ ownServer: true });
test.describe.configure({ timeout: 120_000 });

const manager = 'Billing manager';

test('forty roles: heads and permissions stay in sight, and a role is found', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await makeRoles(admin, 40);
  await open(admin, '/roles');
  const heads = admin.getByRole('columnheader');
  await expect(heads).toHaveCount(41);

  await test.step('what is at the far end is seen with its head and its permission', async () => {
    await cell(admin, 'Manage organisation', 'Publisher success lead').focus();
    const box = await admin.locator('.card.scroll').boundingBox();
    const last = await heads.last().boundingBox();
    const permission = await admin.getByRole('rowheader', { name: /^Manage organisation/ }).boundingBox();
    expect(Math.abs(last!.y - box!.y), 'the heads are at the top').toBeLessThan(3);
    expect(Math.abs(permission!.x - box!.x), 'the permissions are at the left').toBeLessThan(3);
    expect(last!.x + last!.width, 'the last column is in sight').toBeLessThanOrEqual(box!.x + box!.width + 1);
  });

  await test.step('a role is found by any part of its name', async () => {
    await admin.getByLabel('Find a role').fill(' FRAUD');
    await expect(heads).toHaveCount(4);
    await expect(admin.getByRole('status').filter({ hasText: '3 of 40 roles' })).toBeVisible();
    await admin.getByLabel('Find a role').fill('nobody');
    await expect(heads).toHaveCount(1);
    await expect(admin.getByText('No role has “nobody” in its name.')).toBeVisible();
    await admin.getByRole('button', { name: 'Show all roles' }).click();
    await expect(heads).toHaveCount(41);
    await expect(admin.getByLabel('Find a role')).toHaveValue('');
  });

  await expectAccessible(admin);
});

test('the whole matrix works by keyboard', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await makeRoles(admin, 40);
  await open(admin, '/roles');
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await admin.keyboard.press(key);
  };
  await admin.getByLabel('Find a role').focus();
  // Two fields to compare roles come next, then the grid, which is one stop.
  await press('Tab', 'Tab', 'Tab');
  await expect(head(admin, 'Platform admin')).toBeFocused();
  await expect(admin.locator('[data-line][tabindex="0"]')).toHaveCount(1);

  await test.step('arrows move, and not round the edges', async () => {
    await press('ArrowLeft', 'ArrowUp');
    await expect(head(admin, 'Platform admin')).toBeFocused();
    await press('ArrowRight');
    await expect(head(admin, 'Affiliate recruiting assistant')).toBeFocused();
    await press('ArrowDown');
    await expect(cell(admin, 'All of Partners', 'Affiliate recruiting assistant')).toBeFocused();
    await press('ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowUp');
    await expect(cell(admin, 'View partners', 'Affiliate recruiting lead')).toBeFocused();
  });

  await test.step('Home and End go along the row, with Control to the corners', async () => {
    await press('End');
    await expect(cell(admin, 'View partners', 'Publisher success lead')).toBeFocused();
    await press('ArrowRight');
    await expect(cell(admin, 'View partners', 'Publisher success lead')).toBeFocused();
    await press('Control+End');
    await expect(cell(admin, 'Manage organisation', 'Publisher success lead')).toBeFocused();
    await press('Home');
    await expect(cell(admin, 'Manage organisation', 'Platform admin')).toBeFocused();
    await press('Control+Home');
    await expect(head(admin, 'Platform admin')).toBeFocused();
  });

  await test.step('what cannot be changed says why, and the space bar leaves it as it is', async () => {
    await press('ArrowDown', 'ArrowDown');
    const locked = cell(admin, 'View partners', 'Platform admin');
    await expect(locked).toBeFocused();
    await expect(locked).toHaveAccessibleDescription('Holds everything and can’t be changed');
    await expect(admin.locator('.said')).toHaveText(
      'View partners for Platform admin: Holds everything and can’t be changed',
    );
    await press('Space');
    await expect(locked).toBeChecked();
    await expect(admin.locator('.toast')).toHaveCount(0);
  });

  await test.step('the space bar ticks, and the focus stays', async () => {
    await press('ArrowRight', 'ArrowDown', 'Space');
    const ticked = cell(admin, 'Edit partners', 'Affiliate recruiting assistant');
    await expect(admin.locator('.toast')).toContainText('Affiliate recruiting assistant now edits partners.');
    await expect(ticked).toBeChecked();
    await expect(ticked).toBeFocused();
    expect(await stored(admin, 'Affiliate recruiting assistant')).toEqual(['partners.view', 'partners.edit']);
  });

  await test.step('Tab leaves the grid, and comes back to where one was', async () => {
    await press('Shift+Tab');
    await expect(admin.getByLabel('with', { exact: true })).toBeFocused();
    await press('Tab');
    await expect(cell(admin, 'Edit partners', 'Affiliate recruiting assistant')).toBeFocused();
  });

  await test.step('what can be done with a role is reached from its head', async () => {
    await press('ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter');
    const dialog = admin.getByRole('dialog', { name: 'Affiliate recruiting assistant' });
    await expect(dialog).toBeVisible();
    await press('Escape');
    await expect(dialog).toBeHidden();
    await expect(head(admin, 'Affiliate recruiting assistant')).toBeFocused();
  });
});

test('a whole group is one tick, one request and one undo', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  const before = await stored(admin, manager);
  const requests: string[] = [];
  admin.on('request', (request) => {
    if (request.url().endsWith('/fn/roles/set_permissions')) requests.push(request.postData() ?? '');
  });
  const all = cell(admin, 'All of Oversight', manager);
  await expect(all).toBeChecked({ indeterminate: true });
  await expect(cell(admin, 'All of Billing', manager)).toBeChecked();
  await expect(cell(admin, 'All of People', manager)).not.toBeChecked();
  await expect(cell(admin, 'All of People', manager)).not.toBeChecked({ indeterminate: true });

  await cell(admin, 'All of People', manager).click();
  await expect(admin.locator('.toast')).toContainText(
    'Billing manager now views users, manages users and manages roles.',
  );
  for (const one of ['View users', 'Manage users', 'Manage roles']) {
    await expect(cell(admin, one, manager)).toBeChecked();
  }
  expect(requests).toHaveLength(1);
  await admin.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect(admin.locator('.toast')).toContainText('Undone');
  await expect(cell(admin, 'All of People', manager)).not.toBeChecked();
  expect(requests).toHaveLength(2);
  expect(await stored(admin, manager)).toEqual(before);

  await test.step('what is ticked in part becomes whole, then empty', async () => {
    await all.click();
    await expect(all).toBeChecked();
    await expect.poll(() => stored(admin, manager)).toContain('insights.view');
    await all.click();
    await expect(all).not.toBeChecked();
    await expect.poll(() => stored(admin, manager)).not.toContain('history.view');
    expect(await stored(admin, manager)).not.toContain('insights.view');
  });

  await test.step('nothing internal is given to a role that externals hold', async () => {
    await cell(admin, 'All of People', 'External agency').click();
    await expect(admin.locator('.toast')).toContainText('External agency now views users.');
    await expect(cell(admin, 'All of People', 'External agency')).toBeChecked();
    expect(await stored(admin, 'External agency')).toEqual(['partners.view', 'users.view']);
  });
});

test('what is implied is ticked and says what it comes with', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  const implied = cell(admin, 'View billing details', manager);
  await expect(implied).toBeChecked();
  await expect(implied).toHaveAccessibleDescription('comes with Edit billing details');
  await implied.focus();
  await expect(admin.locator('.said')).toHaveText(
    'View billing details for Billing manager: comes with Edit billing details',
  );
  await cell(admin, 'Edit billing details', manager).click();
  await expect(admin.locator('.toast')).toContainText('no longer edits billing details');
  await expect(implied).toBeChecked();
  await expect(implied).toHaveAccessibleDescription('');
});

test('two roles are compared', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await makeRoles(admin, 40);
  await open(admin, '/roles');
  await admin.getByLabel('Compare').selectOption({ label: manager });
  await admin.getByLabel('with', { exact: true }).selectOption({ label: 'Partner manager' });
  await expect(admin.getByRole('columnheader')).toHaveCount(3);
  await expect(admin.getByText('Billing manager and Partner manager differ in 4 permissions.')).toBeVisible();
  const different = admin.getByRole('row').filter({ hasText: 'differs' });
  await expect(different.getByRole('rowheader')).toHaveText([
    /^Edit partners/,
    /^Edit billing details/,
    /^View users/,
    /^View history/,
  ]);
  await expectAccessible(admin);

  await cell(admin, 'View users', manager).click();
  await expect(admin.getByText('Billing manager and Partner manager differ in 3 permissions.')).toBeVisible();
  await expect(different).toHaveCount(3);
  await admin.getByRole('button', { name: 'Show all roles' }).click();
  await expect(admin.getByRole('columnheader')).toHaveCount(41);
  await expect(different).toHaveCount(0);
});

test('a role is copied, and nobody gets more by it than they hold', async ({ visitor, allowStatus }) => {
  allowStatus(422);
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  await head(admin, manager).click();
  await admin.getByRole('dialog', { name: manager }).getByRole('button', { name: 'Copy' }).click();
  const dialog = admin.getByRole('dialog', { name: `Copy ${manager}` });
  await expect(dialog.getByLabel('Name')).toHaveValue(`Copy of ${manager}`);
  await expect(dialog).toContainText('It starts with the same 4 permissions and without people.');

  await test.step('a name that cannot be is refused with the reason', async () => {
    for (const [name, reason] of [
      ['x'.repeat(10_000), 'At most 60 characters'],
      ['admin\u202enimda', "There are characters in it that can't be seen"],
    ] as const) {
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByRole('button', { name: 'Create' }).click();
      await expect(dialog.locator('.field')).toContainText(reason);
    }
  });

  await dialog.getByLabel('Name').fill('🦊 مدير');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(admin.locator('.toast')).toContainText('It may do what Billing manager may, and nobody holds it yet.');
  await expect(head(admin, '🦊 مدير')).toBeFocused();
  expect(await stored(admin, '🦊 مدير')).toEqual(await stored(admin, manager));

  await test.step('somebody who keeps roles and holds less', async () => {
    const keeper = await makeRole(admin, 'Role keeper', ['users.view', 'roles.manage']);
    const viewer = await visitor(accounts.viewer);
    const { user } = await answer<{ user: string }>(viewer, 'sign_in/current');
    await answer(admin, 'users/assign_roles', { id: user, version: 1, roles: [keeper.id] });
    await open(viewer, '/roles');
    await head(viewer, manager).click();
    const about = viewer.getByRole('dialog', { name: manager });
    for (const name of ['Copy', 'Rename', 'Delete']) {
      await expect(about.getByRole('button', { name })).toBeDisabled();
    }
    await expect(about).toContainText('You don’t hold “View partners” yourself');
    const { id, version } = await roleNamed(viewer, manager);
    expect((await call(viewer, 'roles/copy', { id, version, name: 'Mine' })).status()).toBe(403);
    const own = await roleNamed(viewer, 'Role keeper');
    await answer(viewer, 'roles/copy', { id: own.id, version: own.version, name: 'Mine' });
  });
});

test('the number of people leads to who they are', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  await admin.getByRole('link', { name: `2 people: ${manager}` }).click();
  await admin.waitForURL(/\/users\?role=/);
  await expect(admin.getByRole('rowheader')).toHaveText(['Bea Brandt', 'Carla Nowak']);
  await expect(admin.getByLabel('Roles', { exact: true })).toHaveValue((await roleNamed(admin, manager)).id);
});

test('two admins see what the other one does, and neither loses the place', async ({ visitor }) => {
  const one = await visitor(accounts.admin);
  const two = await visitor(accounts.admin, { server: 2 });
  await makeRoles(one, 40);
  for (const page of [one, two]) await openLive(page);

  await cell(one, 'View usage insights', manager).click();
  await expect(cell(two, 'View usage insights', manager)).toBeChecked();
  await expect(cell(two, 'All of Oversight', manager)).toBeChecked();

  await test.step('a column that comes before does not move the focus to another role', async () => {
    const there = cell(two, 'View users', manager);
    await there.focus();
    await makeRole(one, 'Aardvark keeper', ['partners.view']);
    await expect(head(two, 'Aardvark keeper')).toBeVisible();
    await expect(there).toBeFocused();
    await two.keyboard.press('Space');
    await expect(two.locator('.toast')).toContainText('Billing manager now views users.');
    await expect(cell(one, 'View users', manager)).toBeChecked();
    expect(await stored(one, 'Aardvark keeper')).toEqual(['partners.view']);
  });

  await test.step('a column that goes takes the focus to the first one', async () => {
    await cell(two, 'View users', 'Aardvark keeper').focus();
    const { id, version } = await roleNamed(one, 'Aardvark keeper');
    await answer(one, 'roles/delete', { id, version });
    await expect(head(two, 'Aardvark keeper')).toHaveCount(0);
    await expect(two.locator('[data-line][tabindex="0"]')).toHaveCount(1);
    await expect(head(two, 'Platform admin')).toBeFocused();
  });
});

/** Opens the matrix and waits until live events reach it. */
async function openLive(page: Page): Promise<void> {
  await open(page, '/roles');
  await expect(page.locator('html')).toHaveAttribute('data-live', 'true');
}
