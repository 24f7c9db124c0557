// What a role may do governs billing details, at once, in the pages that are open.

import type { Locator, Page } from '@playwright/test';
import { answer, call, createPartner, functionsThatNeedBillingEdit, type Partner } from '../support/calls.ts';
import {
  everyCanary,
  found,
  organisationCanaries,
  partnerCanaries,
  plant,
  type Billing,
  type PartnerBilling,
} from '../support/canaries.ts';
import { expect, test } from '../support/fixtures.ts';
import { clickAndTell } from '../support/moments.ts';
import { accounts, open } from '../support/pages.ts';
import { Recorder } from '../support/recorder.ts';

test.use({ ownServer: true });
test.describe.configure({ timeout: 180_000 });

const view = 'View billing details';
const edit = 'Edit billing details';

test('a tick in the matrix governs billing details in another browser', async ({ visitor, allowStatus }) => {
  // What somebody may not have is asked for again when their rights change, and refused.
  allowStatus(403);
  const admin = await visitor(accounts.admin);
  const billing = await visitor(accounts.billing, { server: 2 });
  const partner = await createPartner(admin, 'Zephyr Media');
  await plant(admin, partner.id);
  const cookies = await billing.context().cookies();
  await open(admin, '/roles');
  await expect(admin.getByRole('heading', { level: 1, name: 'Manage Roles' })).toBeVisible();

  await test.step('1: a tick saves at once, says so, and can be undone', () => savesAndUndoes(admin));
  await test.step('2: without “edit”, fields are disabled within a second', async () => {
    await openLive(billing, `/partners/${partner.id}/billing`);
    await losesEdit(admin, billing);
  });
  await test.step('2: without “edit”, every function that needs it answers 403', () => refused(admin, billing));
  await test.step('3: without “view”, nothing of it is left', () => losesView(admin, billing, partner));
  await test.step('4: with both again, everything works again', async () => {
    await regains(admin, billing, partner);
    expect(await billing.context().cookies()).toEqual(cookies);
  });
});

async function savesAndUndoes(admin: Page): Promise<void> {
  await cell(admin, view).click();
  await expect(toast(admin)).toContainText('Billing manager no longer views billing details and edits billing details');
  await expect(cell(admin, view)).not.toBeChecked();
  await expect(cell(admin, edit)).not.toBeChecked();
  await toast(admin).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(admin)).toContainText('Undone');
  for (const permission of [view, edit]) await expect(cell(admin, permission)).toBeChecked();
  await open(admin, '/roles');
  for (const permission of [view, edit]) await expect(cell(admin, permission)).toBeChecked();
}

async function losesEdit(admin: Page, billing: Page): Promise<void> {
  const iban = billing.getByLabel('IBAN', { exact: true });
  await expect(iban).toHaveValue(partnerCanaries.iban!);
  await iban.fill('DE00 typed and not saved');
  await expect(billing.getByText('Unsaved changes')).toBeVisible();

  const disabled = momentWhenAllDisabled(billing);
  const clicked = await clickAndTell(admin, cell(admin, edit));
  const elapsed = (await disabled) - clicked;
  test.info().annotations.push({ type: 'from the click to disabled fields', description: `${elapsed} ms` });
  expect(elapsed, 'milliseconds from the click to disabled fields').toBeLessThanOrEqual(1000);
  await expect(toast(admin)).toContainText('Billing manager no longer edits billing details');

  for (const control of await controls(billing).all()) await expect(control).toBeDisabled();
  await expect(billing.locator('main')).toContainText(`ask a platform admin for “${edit}”`);
  for (const name of ['Deactivate', 'Delete', 'Save']) {
    await expect(billing.getByRole('button', { name, exact: true })).toBeDisabled();
  }
  await expect(iban).toHaveValue('DE00 typed and not saved');
  await expect(billing.locator('.field', { has: iban })).toContainText('Not saved');
}

/** Requests that work for who holds `billing.edit`, one for each function that needs it. */
async function requestsThatNeedEdit(admin: Page): Promise<{ ids: string[]; requests: Record<string, unknown> }> {
  const [saved, deactivated, reactivated, deleted] = [
    await createPartner(admin, 'Zephyr to save'),
    await createPartner(admin, 'Zephyr to deactivate'),
    await createPartner(admin, 'Zephyr to reactivate'),
    await createPartner(admin, 'Zephyr to delete'),
  ];
  const paused = await answer<Partner>(admin, 'partners/deactivate', versionOf(reactivated));
  const own = await answer<Billing>(admin, 'billing/find_organisation');
  return {
    ids: [saved, deactivated, reactivated, deleted].map(({ id }) => id),
    requests: {
      'billing/save_organisation': { version: own.version, details: { ...own.details, city: 'Citykanarie-house two' } },
      'billing/save_partner': { id: saved.id, version: 0, details: { ...own.details, city: 'Elsewhere' } },
      'partners/deactivate': versionOf(deactivated),
      'partners/delete': versionOf(deleted),
      'partners/reactivate': versionOf(paused),
    },
  };
}

async function refused(admin: Page, billing: Page): Promise<void> {
  const { ids, requests } = await requestsThatNeedEdit(admin);
  expect(functionsThatNeedBillingEdit(), 'a request for every function').toEqual(Object.keys(requests));
  const before = await state(admin, ids);
  for (const [name, request] of Object.entries(requests)) {
    expect((await call(billing, name, request)).status(), `${name} without the right`).toBe(403);
  }
  expect(await state(admin, ids), 'nothing is changed').toEqual(before);
  for (const [name, request] of Object.entries(requests)) {
    expect((await call(admin, name, request)).status(), `${name} with the right`).toBe(200);
  }
  await plantOwnAgain(admin);
}

/** All that those functions could change, and the history of it. */
async function state(admin: Page, ids: string[]): Promise<unknown[]> {
  const partners = ids.flatMap((id) => [
    answer(admin, 'billing/find_partner', { id }),
    answer(admin, 'partners/find', { id }),
  ]);
  const history = answer(admin, 'history/list', { after: null });
  return Promise.all([...partners, answer(admin, 'billing/find_organisation'), history]);
}

async function plantOwnAgain(admin: Page): Promise<void> {
  const { version } = await answer<Billing>(admin, 'billing/find_organisation');
  await answer(admin, 'billing/save_organisation', { version, details: organisationCanaries });
}

async function losesView(admin: Page, billing: Page, partner: Partner): Promise<void> {
  await cell(admin, view).click();
  await expect(cell(admin, view)).not.toBeChecked();
  await lacksView(billing);
  await expect(billing.getByLabel('IBAN', { exact: true })).toHaveCount(0);
  expect(found([await billing.content()]), 'in the page that was open').toEqual([]);

  const recorder = await Recorder.start(billing);
  for (const path of everyPage(partner.id)) {
    await recorder.visit(path);
    if (path === '/billing' || path === `/partners/${partner.id}/billing`) await lacksView(billing);
    await expect(billing.getByRole('link', { name: /billing/i })).toHaveCount(0);
  }
  expect(found(await recorder.stop()), 'without the right').toEqual([]);
  await searches(billing, partner, false);
}

async function regains(admin: Page, billing: Page, partner: Partner): Promise<void> {
  await openLive(billing, `/partners/${partner.id}/billing`);
  await lacksView(billing);
  await cell(admin, edit).click();
  await expect(cell(admin, view), '“edit” brings “view”').toBeChecked();
  const iban = billing.getByLabel('IBAN', { exact: true });
  await expect(iban).toBeEnabled();
  await expect(iban).toHaveValue(partnerCanaries.iban!);
  await expect(billing.getByRole('navigation').getByRole('link', { name: 'Billing', exact: true })).toBeVisible();

  const recorder = await Recorder.start(billing);
  for (const path of everyPage(partner.id)) await recorder.visit(path);
  expect(found(await recorder.stop()).sort(), 'with the right').toEqual([...everyCanary].sort());
  await searches(billing, partner, true);

  await open(billing, `/partners/${partner.id}/billing`);
  await billing.getByLabel('City', { exact: true }).fill('Saved again');
  await billing.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(toast(billing)).toContainText('Saved');
  const stored = await answer<PartnerBilling>(admin, 'billing/find_partner', { id: partner.id });
  expect(stored.billing.details.city).toBe('Saved again');

  await cell(admin, view).click();
  await expect(cell(admin, edit), 'without “view” there is no “edit”').not.toBeChecked();
  await lacksView(billing);
}

/** Searching by any billing value finds the partner only with the right; sorting by one is not possible at all. */
async function searches(page: Page, partner: Partner, allowed: boolean): Promise<void> {
  const request = { status: 'all', sort: 'newest', after: null, before: null };
  for (const [field, value] of Object.entries(partnerCanaries)) {
    const search = { ...request, search: value };
    const { partners } = await answer<{ partners: { id: string }[] }>(page, 'partners/list', search);
    const ids = partners.map(({ id }) => id);
    if (allowed) expect(ids, `searching by ${field}`).toContain(partner.id);
    else expect(ids, `searching by ${field}`).not.toContain(partner.id);
  }
  for (const sort of Object.keys(partnerCanaries)) {
    const sorted = await call(page, 'partners/list', { ...request, search: '', sort });
    expect(sorted.status(), `sorting by ${sort}`).toBe(422);
  }
}

function everyPage(partner: string): string[] {
  const pages = ['/', '/profile', '/profile/terminate', '/partners', '/partners?sort=iban&status=all', '/partners/new'];
  const one = ['', '/billing', '/history'].map((end) => `/partners/${partner}${end}`);
  return [...pages, ...one, '/billing', '/history', '/users', '/users/new', '/roles', '/organisation'];
}

function cell(page: Page, permission: string): Locator {
  return page.getByRole('checkbox', { name: `${permission} for Billing manager`, exact: true });
}

function toast(page: Page): Locator {
  return page.locator('.toast');
}

/** The fields of the billing form. */
function controls(page: Page): Locator {
  return page.locator('main form :is(input, select, textarea)');
}

function versionOf({ id, version }: Partner): { id: string; version: number } {
  return { id, version };
}

/** Opens a page and waits until live events reach it. */
async function openLive(page: Page, path: string): Promise<void> {
  await open(page, path);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'true');
}

async function lacksView(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have no access to this');
  await expect(page.locator('main')).toContainText(`the permission “${view}”`);
}

/** The time at which the last field of the billing form is disabled, by the browser's clock. */
async function momentWhenAllDisabled(page: Page): Promise<number> {
  const moment = await page.waitForFunction(() => {
    const fields = [...document.querySelectorAll('main form :is(input, select, textarea)')];
    return fields.length >= 18 && fields.every((field) => field.matches(':disabled')) ? Date.now() : false;
  });
  return (await moment.jsonValue()) as number;
}
