// Partners come, pause, come back and go; the history tells who did what.

import type { Page } from '@playwright/test';
import { call } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, hydrated, open } from '../support/pages.ts';

test.use({ ownServer: true });

const name = 'Zephyr Sails AB';

test('a partner is created, deactivated, reactivated and deleted, and the history tells', async ({ visitor, allowStatus }) => {
  allowStatus(404);
  const admin = await visitor(accounts.admin);
  await create(admin);
  const id = new URL(admin.url()).pathname.split('/')[2]!;
  const badge = admin.locator('main .head .badge');
  await expect(badge).toHaveText('Active');

  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.locator('.toast')).toContainText(`${name} was deactivated`);
  await expect(badge).toHaveText('Deactivated');
  await expectListed(admin, 'active', 0);
  await expectListed(admin, 'deactivated', 1);

  await open(admin, `/partners/${id}`);
  await admin.getByRole('button', { name: 'Reactivate' }).click();
  await expect(admin.locator('.toast')).toContainText(`${name} was reactivated`);
  await expect(badge).toHaveText('Active');
  await expectListed(admin, 'active', 1);

  await open(admin, `/partners/${id}`);
  await admin.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = admin.getByRole('dialog', { name: `Delete ${name}?` });
  await expect(dialog).toContainText('Contact person and note are erased.');
  await expect(dialog).toContainText('Name, billing details and history stay for accounting.');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(admin.locator('.toast')).toContainText(`${name} was deleted`);
  await expect(admin).toHaveURL(/\/partners$/);
  await expectListed(admin, 'all', 0);
  expect((await call(admin, 'partners/find', { id })).status()).toBe(404);

  await test.step('its billing details stay for accounting and cannot be changed', async () => {
    await open(admin, `/partners/${id}/billing`);
    await expect(badge).toHaveText('Deleted');
    await expect(admin.locator('main')).toContainText('Its billing details stay for accounting');
    await expect(admin.getByLabel('IBAN', { exact: true })).toBeDisabled();
  });

  await test.step('the history says who did what, when', async () => {
    await open(admin, '/history');
    const entries = admin.locator('main').getByRole('listitem').filter({ hasText: name });
    const expected = ['deleted the partner', 'reactivated the partner', 'deactivated the partner', 'created the partner'];
    await expect(entries).toHaveCount(expected.length);
    for (const [at, what] of expected.entries()) {
      await expect(entries.nth(at)).toContainText(`Alex Admin ${what} ${name}`);
      await expect(entries.nth(at).locator('time')).toHaveAttribute('datetime', /^20\d\d-/);
    }
  });
});

test('deactivating can be undone at once', async ({ visitor }) => {
  const billing = await visitor(accounts.billing);
  await open(billing, '/partners');
  await billing.getByRole('table').getByRole('link').first().click();
  await billing.getByRole('button', { name: 'Deactivate' }).click();
  await billing.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect(billing.locator('.toast')).toContainText('was reactivated');
  await expect(billing.locator('main .head .badge')).toHaveText('Active');
});

test('the list is searched, sorted and paged', async ({ visitor }) => {
  const viewer = await visitor(accounts.viewer);
  await open(viewer, '/partners');
  const rows = viewer.locator('tbody').getByRole('row');
  await expect(rows).toHaveCount(25);
  const first = await rows.first().innerText();
  await viewer.getByRole('link', { name: 'Next' }).click();
  await expect(rows.first()).not.toHaveText(first);
  await viewer.getByRole('link', { name: 'Previous' }).click();
  await expect(rows.first()).toContainText(first.split(/\s/)[0]!);
  await viewer.getByRole('searchbox').fill('ostergard');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('Östergård');
  await expect(viewer).toHaveURL(/search=ostergard/);
});

test('a form tells everything that is wrong with it', async ({ visitor, allowStatus }) => {
  allowStatus(422);
  const admin = await visitor(accounts.admin);
  await open(admin, '/partners/new');
  await admin.getByLabel('Website').fill('no address');
  await admin.getByRole('button', { name: 'Create' }).click();
  await expect(admin.getByRole('alert').filter({ hasText: '2 fields need another look' })).toBeFocused();
  await expect(admin.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(admin.getByLabel('Website')).toHaveValue('no address');
});

async function create(page: Page): Promise<void> {
  await open(page, '/partners');
  await page.getByRole('link', { name: 'New partner' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Contact person').fill('Ursula Zephyr');
  await page.getByLabel('Note').fill('Call on Mondays.');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.locator('.toast')).toContainText(`${name} was created`);
  await expect(page).toHaveURL(/\/partners\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await hydrated(page);
}

async function expectListed(page: Page, status: string, count: number): Promise<void> {
  await open(page, `/partners?search=zephyr&status=${status}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Partners' })).toBeVisible();
  await expect(page.getByRole('table').getByRole('link', { name })).toHaveCount(count);
}
