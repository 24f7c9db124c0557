// Every page: accessible, quiet, styled, in both languages.

import type { Page } from '@playwright/test';
import { answer } from '../support/calls.ts';
import { expectAccessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';

test.describe.configure({ timeout: 180_000 });

// In parts, so that each has its time on a slow machine too.
const general = {
  'of oneself': ['/', '/profile', '/profile/history', '/profile/terminate', '/privacy', '/privacy/requests', '/support'],
  'of people': ['/users', '/users/new', '/users/requests', '/roles', '/requests', '/requests?state=answered'],
  'of partners': ['/partners', '/partners?search=nothing-is-called-so', '/partners/new', '/billing', '/history', '/insights'],
  'of the organisation': ['/organisation', '/organisation/close', '/organisation/support', '/notice', '/notice/edit', '/newsletters'],
} as const;

for (const [part, paths] of Object.entries(general)) {
  test(`every page ${part} is accessible in both colour schemes`, async ({ visitor }) => {
    const admin = await visitor(accounts.admin);
    for (const path of paths) await openAccessible(admin, path);
  });
}

test('every page of one thing is accessible in both colour schemes', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const partner = await firstPartner(admin);
  const { user } = await answer<{ user: string }>(admin, 'sign_in/current');
  const [newsletter] = await answer<{ id: string }[]>(admin, 'newsletters/list');
  const issue = await answer<{ id: string }>(admin, 'newsletters/write_issue', { id: newsletter!.id });
  const letters = [`/newsletters/${newsletter!.id}`, `/newsletters/issues/${issue.id}`];
  const ofPartner = [`/partners/${partner}`, `/partners/${partner}/billing`, `/partners/${partner}/history`];
  for (const path of [...letters, ...ofPartner, `/users/${user}`]) await openAccessible(admin, path);
});

test("the demo's inbox is accessible in both colour schemes", async ({ visitor }) => {
  const nobody = await visitor();
  await nobody.goto('/demo/mail');
  await expect(nobody.getByRole('heading', { level: 1, name: 'Mail of the demo' })).toBeVisible();
  await expectAccessible(nobody);
});

test('the page that stops a newsletter is accessible in both colour schemes', async ({ visitor }) => {
  const nobody = await visitor();
  await nobody.goto('/unsubscribe?token=none');
  await expect(nobody.getByRole('heading', { level: 1, name: 'Stop this newsletter?' })).toBeVisible();
  await expectAccessible(nobody);
});

test('dialogs are accessible in both colour schemes', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  await admin.getByRole('button', { name: 'New role' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectAccessible(admin);
  await open(admin, `/partners/${await firstPartner(admin)}`);
  await admin.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectAccessible(admin);
});

test('pages before signing in, and those that say no, are accessible too', async ({ visitor, allowStatus }) => {
  allowStatus(403, 404, 409);
  const nobody = await visitor();
  for (const path of ['/support', '/sign-in', '/notice', '/receipt?token=none', '/set-password?token=none', '/accept-invite?token=none', '/confirm-address?token=none', '/forgot-password', '/set-up?token=none']) {
    await open(nobody, path);
    await expectAccessible(nobody);
  }
  const external = await visitor(accounts.external);
  for (const [path, status] of [
    ['/roles', 403],
    ['/billing', 403],
    ['/partners/00000000-0000-0000-0000-000000000000', 404],
    ['/nowhere', 404],
  ] as const) {
    const response = await external.goto(path);
    expect(response?.status(), path).toBe(status);
    await expectAccessible(external);
  }
});

test('an idle page makes no request for ten seconds besides its stream', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  for (const path of ['/partners', '/roles']) {
    await open(admin, path);
    await expect(admin.locator('html')).toHaveAttribute('data-live', 'true');
    // When the stream opens, the page asks once who is signed in.
    await admin.waitForLoadState('networkidle');
    const request = await admin.waitForEvent('request', { timeout: 10_000 }).catch(() => undefined);
    expect(request?.url(), `${path}: a request of an idle page`).toBeUndefined();
  }
});

test('the pages are there in German', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  await open(admin, '/roles');
  await expect(admin.locator('html')).toHaveAttribute('lang', 'en');
  await admin.getByRole('button', { name: 'Deutsch' }).first().click();
  await expect(admin.locator('html')).toHaveAttribute('lang', 'de');
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Rollen verwalten');
  await expect(admin).toHaveTitle('Rollen verwalten · Assent');
  await open(admin, '/partners');
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Partner');
  await admin.getByRole('button', { name: 'English' }).first().click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Partners');
});

test('every page has its style and its title', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  for (const path of Object.values(general).flat()) {
    await open(admin, path);
    const font = await admin.evaluate(() => getComputedStyle(document.body).fontFamily);
    expect(font, path).toContain('Inter');
    await expect(admin).toHaveTitle(/ · Assent$/);
  }
});

async function openAccessible(page: Page, path: string): Promise<void> {
  await open(page, path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page);
}

async function firstPartner(page: Page): Promise<string> {
  const request = { search: '', status: 'active', sort: 'name', after: null, before: null };
  const { partners } = await answer<{ partners: { id: string }[] }>(page, 'partners/list', request);
  return partners[0]!.id;
}
