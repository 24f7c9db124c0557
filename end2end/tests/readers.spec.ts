// Who may only look, and who may not even look.

import type { Page } from '@playwright/test';
import { answer, call } from '../support/calls.ts';
import { found, plant } from '../support/canaries.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';
import { Recorder } from '../support/recorder.ts';

test.use({ ownServer: true });

test('viewer: billing sections with disabled fields', async ({ visitor }) => {
  const viewer = await visitor(accounts.viewer);
  const partner = await firstPartner(viewer);
  for (const path of ['/billing', `/partners/${partner}/billing`]) {
    await open(viewer, path);
    await expect(viewer.getByLabel('IBAN', { exact: true })).not.toHaveValue('');
    const fields = await viewer.locator('main form :is(input, select, textarea)').all();
    expect(fields.length, `fields on ${path}`).toBe(18);
    for (const field of fields) await expect(field).toBeDisabled();
    await expect(viewer.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
    await expect(viewer.locator('main')).toContainText('ask a platform admin for “Edit billing details”');
  }
  await expect(viewer.getByRole('button', { name: 'Deactivate', exact: true })).toBeDisabled();
  await expect(viewer.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
});

test('external: partners, and no billing', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const admin = await visitor(accounts.admin);
  const external = await visitor(accounts.external);
  const partner = await firstPartner(external);
  await plant(admin, partner);
  await open(external, '/partners');
  await expect(external.getByRole('table', { name: 'Partners' }).getByRole('row')).toHaveCount(26);
  await external.getByRole('table').getByRole('link').first().click();
  await expect(external.getByRole('heading', { level: 2, name: 'General' })).toBeVisible();
  for (const field of await external.locator('main form :is(input, select, textarea)').all()) {
    await expect(field).toBeDisabled();
  }

  const recorder = await Recorder.start(external);
  for (const path of ['/', '/partners', `/partners/${partner}`]) {
    await recorder.visit(path);
    await expect(external.getByRole('link', { name: /billing/i })).toHaveCount(0);
  }
  for (const path of ['/billing', `/partners/${partner}/billing`]) {
    await recorder.visit(path);
    await expect(external.locator('main')).toContainText('the permission “View billing details”');
  }
  expect(found(await recorder.stop())).toEqual([]);
  expect((await call(external, 'billing/find_partner', { id: partner })).status()).toBe(403);
});

/** The first partner of the list, as that visitor sees it. */
async function firstPartner(page: Page): Promise<string> {
  const request = { search: '', status: 'active', sort: 'name', after: null, before: null };
  const { partners } = await answer<{ partners: { id: string }[] }>(page, 'partners/list', request);
  expect(partners.length).toBe(25);
  return partners[0]!.id;
}
