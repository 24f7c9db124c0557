// Preview: the app as a role or a user would see it.

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { answer, call, roleNamed } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, hydrated, open } from '../support/pages.ts';
import { head } from '../support/roles.ts';

test.use({ ownServer: true });
test.describe.configure({ timeout: 120_000 });

test('a role is previewed from the matrix: its pages, nothing changed, and back', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const admin = await visitor(accounts.admin);
  await startFromMatrix(admin, 'Partner manager');
  await expect(bar(admin)).toContainText('Preview as the role “Partner manager”');
  await expect(admin.locator('main')).toContainText('Nothing can be changed');
  await expectAccessible(admin);

  const navigation = admin.locator('.side');
  await expect(navigation.getByRole('link', { name: 'Partners' })).toBeVisible();
  for (const gone of ['Manage Roles', 'History', 'Profile', 'What we store']) {
    await expect(navigation.getByRole('link', { name: gone, exact: true })).toHaveCount(0);
  }
  const partner = await firstPartner(admin);
  await open(admin, `/partners/${partner}/billing`);
  await expect(bar(admin)).toBeVisible();
  await expect(admin.getByLabel('IBAN', { exact: true })).toBeDisabled();

  // What they could change looks as it does for them, and nothing comes of it.
  await open(admin, `/partners/${partner}`);
  const name = admin.getByLabel('Name', { exact: true });
  const before = await name.inputValue();
  await name.fill('Not saved');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.locator('main')).toContainText('A preview changes nothing');
  await expect(name).toHaveValue('Not saved');

  for (const path of ['/profile', '/profile/history', '/profile/terminate', '/privacy', '/privacy/requests', '/roles', '/history']) {
    const response = await admin.goto(path);
    expect(response?.status(), path).toBe(403);
    await hydrated(admin);
    await expect(bar(admin), path).toBeVisible();
  }
  await expectAccessible(admin);

  // The notice is there to be read, and nobody is asked to agree for somebody else.
  await open(admin, '/notice');
  await expect(admin.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(admin.locator('main').getByRole('button')).toHaveCount(0);

  await bar(admin).getByRole('button', { name: 'End preview' }).press('Enter');
  await admin.waitForURL((url) => url.pathname === '/roles');
  await hydrated(admin);
  await expect(bar(admin)).toHaveCount(0);
  await open(admin, `/partners/${partner}`);
  await expect(admin.getByLabel('Name', { exact: true })).toHaveValue(before);
  await open(admin, '/history');
  await expect(admin.locator('main')).toContainText('Alex Admin previewed the app as the role “Partner manager”');
});

test('a user is previewed, who sees it, and the preview follows their rights', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const [admin, other] = [await visitor(accounts.admin), await visitor(accounts.admin, { server: 2 })];
  const billing = await visitor(accounts.billing);
  const { user, name } = await answer<{ user: string; name: string }>(billing, 'sign_in/current');
  await open(admin, `/users/${user}`);
  await admin.getByRole('button', { name: 'Preview as this user' }).click();
  await expect(bar(admin)).toContainText(`Preview as ${name}`);

  const partner = await firstPartner(admin);
  await open(admin, `/partners/${partner}/billing`);
  await expect(admin.locator('html')).toHaveAttribute('data-live', 'true');
  await expect(admin.getByLabel('IBAN', { exact: true })).toBeEnabled();
  // Their roles change, and open pages of the preview show it at once.
  const found = await answer<{ version: number }>(other, 'users/find', { id: user });
  const external = await roleNamed(other, 'External agency');
  await answer(other, 'users/assign_roles', { id: user, version: found.version, roles: [external.id] });
  await expect(admin.getByLabel('IBAN', { exact: true })).toHaveCount(0);
  await expect(bar(admin)).toBeVisible();

  // Another session of the same person goes on as it was.
  await open(other, '/roles');
  await expect(bar(other)).toHaveCount(0);
  await bar(admin).getByRole('button', { name: 'End preview' }).click();
  await admin.waitForURL((url) => url.pathname === `/users/${user}`);
  await open(billing, '/privacy');
  await expect(billing.locator('main')).toContainText('Alex Admin');
});

test('what the previewer may not see themselves is not shown, and said', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const viewer = await visitor(accounts.viewer);
  const { user } = await answer<{ user: string }>(viewer, 'sign_in/current');
  const created = await answer<{ id: string; version: number }>(admin, 'roles/create', { name: 'Role manager' });
  const permissions = ['partners.view', 'users.view', 'roles.manage'];
  await answer(admin, 'roles/set_permissions', { id: created.id, version: created.version, permissions });
  const { version } = await answer<{ version: number }>(admin, 'users/find', { id: user });
  await answer(admin, 'users/assign_roles', { id: user, version, roles: [created.id] });
  await startFromMatrix(viewer, 'Billing manager');
  await expect(viewer.locator('main')).toContainText(
    'They have more than you, which is not shown here: “View billing details”, “Edit billing details”, “View history”.',
  );
  const partner = await firstPartner(viewer);
  for (const request of [call(viewer, 'billing/find_partner', { id: partner }), call(viewer, 'billing/find_organisation')]) {
    expect((await request).status()).toBe(403);
  }
});

test('on a phone the bar stays in sight, and it ends without JavaScript', async ({ visitor, baseURL }) => {
  const phone = { viewport: { width: 360, height: 740 } };
  const admin = await visitor(accounts.admin, phone);
  await startFromMatrix(admin, 'Billing manager');
  await open(admin, '/partners');
  await admin.mouse.wheel(0, 2_000);
  await expect(bar(admin)).toBeInViewport();
  expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

  const plain = await visitor(undefined, { ...phone, javaScriptEnabled: false, storageState: await admin.context().storageState() });
  await plain.goto('/partners');
  await bar(plain).getByRole('button', { name: 'End preview' }).click();
  await expect(plain).toHaveURL(`${baseURL}/roles`);
  await expect(bar(plain)).toHaveCount(0);
});

function bar(page: Page) {
  return page.getByRole('region', { name: 'Preview', exact: true });
}

async function startFromMatrix(page: Page, role: string): Promise<void> {
  await open(page, '/roles');
  await head(page, role).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Preview as this role' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await hydrated(page);
}

async function firstPartner(page: Page): Promise<string> {
  const request = { search: '', status: 'active', sort: 'name', after: null, before: null };
  const { partners } = await answer<{ partners: { id: string }[] }>(page, 'partners/list', request);
  return partners[0]!.id;
}
