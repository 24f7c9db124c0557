// A new version of the privacy notice asks everybody at the next request: continue, or terminate.

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { answer, call } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, demoPassword, hydrated, open } from '../support/pages.ts';
import { code } from '../support/totp.ts';

test.use({ ownServer: true });

const changed = 'Billing data is kept for two years less.';

/** The data protection officer publishes another version, through the page. */
async function publish(officer: Page): Promise<void> {
  await open(officer, '/notice');
  await officer.getByRole('link', { name: 'Edit the notice' }).click();
  await expect(officer.getByRole('heading', { level: 1, name: 'Edit the notice' })).toBeVisible();
  await hydrated(officer);
  await officer.getByLabel('What changed (English)').fill(changed);
  await officer.getByLabel('What changed (German)').fill('Zwei Jahre weniger.');
  await officer.getByLabel('How long it is kept (English)').fill('Eight **years**.\n\n<img src=x onerror=alert(1)>');
  await officer.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = officer.getByRole('dialog');
  await expect(dialog).toContainText('8 people see it at their next step');
  await dialog.getByRole('button', { name: 'Publish now' }).click();
  await expect(officer.locator('main')).toContainText(changed);
}

async function expectTwoWaysOn(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/notice/);
  await hydrated(page);
  const ways = page.locator('main').locator('form button, a.button');
  await expect(ways).toHaveText(['Continue', 'Terminate my account']);
  await expect(page.locator('main')).toContainText(changed);
  await expect(page.getByRole('navigation')).toHaveCount(0);
}

test('a part without words is named beside its field and above', async ({ visitor, allowStatus }) => {
  allowStatus(422);
  const officer = await visitor(accounts.dpo);
  await open(officer, '/notice/edit');
  await officer.getByLabel('Right to complain (German)').fill('');
  await officer.getByLabel('What changed (English)').fill(changed);
  await officer.getByRole('button', { name: 'Publish', exact: true }).click();
  await officer.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click();
  const summary = officer.locator('main').getByRole('alert').first();
  await expect(summary).toContainText('2 fields need another look');
  await expect(summary).toContainText('Right to complain (German): This is needed');
  await expect(officer.getByLabel('What changed (English)'), 'what was typed is kept').toHaveValue(changed);
  await officer.getByRole('button', { name: 'Save and preview' }).click();
  await expect(officer.locator('.toast')).toContainText('Saved');
  await expect(officer.getByRole('article').first()).toContainText(changed);
  await open(officer, '/notice');
  await expect(officer.locator('main')).not.toContainText(changed);
});

test('everybody is asked at the next request, and one continues', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const officer = await visitor(accounts.dpo);
  const user = await visitor(accounts.viewer);
  const writing = await visitor(accounts.billing, { server: 2 });
  await open(writing, '/profile');
  await expect(writing.locator('html')).toHaveAttribute('data-live', 'true');
  const name = writing.getByLabel('Name', { exact: true });
  await name.fill('Beate Brandt');
  await publish(officer);
  await expectTwoWaysOn(officer);

  await test.step('an open page says so, and what was typed there is not lost', async () => {
    await expect(writing.locator('main')).toContainText('There is a new privacy notice.');
    const opened = writing.waitForEvent('popup');
    await writing.getByRole('link', { name: 'Read the notice' }).click();
    const beside = await opened;
    await expectTwoWaysOn(beside);
    await beside.getByRole('button', { name: 'Continue' }).click();
    await beside.waitForURL((url) => url.pathname === '/');
    await expect(name).toHaveValue('Beate Brandt');
    await writing.getByRole('button', { name: 'Save', exact: true }).first().click();
    await expect(writing.locator('.toast')).toContainText('Saved');
    await hydrated(beside);
  });

  await test.step('pages and replayed server functions are refused', async () => {
    for (const path of ['/', '/profile', '/partners', '/users', '/roles', '/billing', '/notice/edit']) {
      await open(user, path);
      await expectTwoWaysOn(user);
    }
    await expectAccessible(user);
    const refused = JSON.stringify({ Refused: 'NoticeNotAgreed' });
    for (const name of ['overview/find', 'profile/find', 'partners/list', 'billing/find_organisation', 'history/list']) {
      const list = { search: '', status: 'active', sort: 'name', after: null, before: null };
      const bodies: Record<string, unknown> = { 'partners/list': list, 'history/list': { after: null } };
      const response = await call(user, name, bodies[name]);
      expect(response.status(), name).toBe(403);
      expect(await response.text(), name).toBe(refused);
    }
  });

  await test.step('markup that was typed is shown and does nothing', async () => {
    await expect(user.locator('main')).toContainText('<img src=x onerror=alert(1)>');
    await expect(user.locator('main').getByText('years', { exact: true })).toBeVisible();
  });

  await test.step('continuing leads back and is recorded once', async () => {
    await open(user, '/partners?search=a');
    await user.getByRole('button', { name: 'Continue' }).click();
    await user.waitForURL((url) => url.pathname === '/partners' && url.search === '?search=a');
    await open(user, '/notice');
    await expect(user.locator('main')).toContainText('You agreed to this version on');
    await expect(user.getByRole('link', { name: 'Version 1' })).toBeVisible();
    await user.getByRole('link', { name: 'Version 1' }).click();
    await expect(user.locator('main')).toContainText('This is an earlier version.');
    await expect(user.locator('main')).not.toContainText(changed);
  });

  await test.step('who comes from outside reads the current one', async () => {
    const nobody = await visitor();
    await open(nobody, '/sign-in');
    await nobody.getByRole('link', { name: 'Privacy notice' }).click();
    await expect(nobody.locator('main')).toContainText(changed);
    await expect(nobody.getByRole('button', { name: 'Continue' })).toHaveCount(0);
  });
});

test('who does not agree terminates the account from there', async ({ visitor, allowStatus }) => {
  allowStatus(401, 403);
  const officer = await visitor(accounts.dpo);
  const user = await visitor({ email: 'carla@demo.test' });
  await publish(officer);
  await open(user, '/');
  await expectTwoWaysOn(user);
  await user.getByRole('link', { name: 'Terminate my account' }).click();
  await hydrated(user);
  await user.getByLabel('Password', { exact: true }).fill(demoPassword);
  await user.getByRole('button', { name: 'Terminate my account' }).click();
  await expect(user.getByRole('heading', { level: 1, name: 'The account is terminated' })).toBeVisible();
  expect(await answer(user, 'sign_in/current')).toBeNull();
});

test('newsletters can be switched off before agreeing, and not on', async ({ visitor, allowStatus }) => {
  allowStatus(403);
  const officer = await visitor(accounts.dpo);
  const user = await visitor(accounts.viewer);
  await open(user, '/privacy');
  const one = user.getByRole('switch', { name: 'Product news' });
  await one.check();
  await expect(user.locator('.toast')).toContainText('Product news');
  await publish(officer);
  await open(user, '/');
  await expectTwoWaysOn(user);
  await user.getByRole('contentinfo').getByRole('link', { name: 'What we store' }).click();
  await hydrated(user);
  await expect(one).toBeChecked();
  await expect(user.getByRole('switch', { name: 'Partner marketing tips' })).toBeDisabled();
  await one.uncheck();
  await expect(one).toBeDisabled();
  await expect(user.locator('.toast').getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await open(user, '/privacy');
  await expect(one).not.toBeChecked();
  await expectAccessible(user);
  const own = await answer<{ id: string; text_version: number; on: boolean }[]>(user, 'newsletters/own');
  const request = { id: own[0]!.id, text_version: own[0]!.text_version, on: true };
  expect((await call(user, 'newsletters/set', request)).status()).toBe(403);
  await call(user, 'notice/agree', { version: 2 });
  expect((await call(user, 'newsletters/set', request)).status(), 'after agreeing').toBe(200);
});

test('the last platform admin appoints another one and goes', async ({ visitor, allowStatus }) => {
  // The overview that is open asks again when the notice is published, and is refused.
  allowStatus(401, 403);
  const officer = await visitor(accounts.dpo);
  const admin = await visitor(accounts.admin);
  await publish(officer);
  await open(admin, '/profile/terminate');
  await expectAccessible(admin);
  await admin.getByLabel('New platform admin').selectOption({ label: 'Dana Petersen' });
  await admin.getByRole('button', { name: 'Make platform admin' }).click();
  await expect(admin.locator('.toast')).toContainText('Appointed');
  await admin.getByLabel('Password', { exact: true }).fill(demoPassword);
  await admin.getByRole('button', { name: 'Terminate my account' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'The account is terminated' })).toBeVisible();
  await open(officer, '/notice');
  await officer.getByRole('button', { name: 'Continue' }).click();
  await officer.waitForURL((url) => url.pathname === '/');
  await hydrated(officer);
  await expect(officer.getByRole('link', { name: 'Manage Roles' }).first()).toBeVisible();
});

test('the last platform admin sets up the second factor that is asked for, and goes', async ({ assent, visitor, allowStatus }) => {
  allowStatus(401, 403);
  const admin = await visitor(accounts.admin);
  await assent.execute('UPDATE organisation SET second_factor_required = TRUE');
  await assent.execute('DELETE FROM notice_agreement');
  await open(admin, '/profile/terminate');
  const main = admin.locator('main');
  await expect(main).toContainText('Your organisation asks for a second factor before you can appoint somebody');
  await expect(admin.getByLabel('New platform admin')).toHaveCount(0);
  await expectAccessible(admin);
  const factor = admin.getByRole('region', { name: 'Second factor', exact: true });
  await factor.getByRole('button', { name: 'Set up an app' }).click();
  const secret = await factor.locator('dd.mono').innerText();
  await factor.getByLabel('Code', { exact: true }).fill(code(secret));
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await expect(factor.locator('.codes li'), 'shown once, so they stay').toHaveCount(10);
  await admin.getByLabel('New platform admin').selectOption({ label: 'Dana Petersen' });
  await admin.getByRole('button', { name: 'Make platform admin' }).click();
  await expect(admin.locator('.toast')).toContainText('Appointed');
  expect((await call(admin, 'profile/find')).status(), 'nothing else works').toBe(403);
});

test('who publishes over a version that came in between is told so', async ({ visitor, allowStatus }) => {
  // The overview that is open asks again in between, and is refused.
  allowStatus(403);
  const officer = await visitor(accounts.dpo);
  const { texts } = await answer<{ texts: { part: string; text: string }[] }>(officer, 'notice/find_draft');
  const next = texts.map((it) => (it.part === 'changes' || it.part === 'periods' ? { ...it, text: changed } : it));
  const request = { current: 1, version: 0, texts: next };
  await answer(officer, 'notice/publish', request);
  await answer(officer, 'notice/agree', { version: 2 });
  const second = await call(officer, 'notice/publish', request);
  expect(second.status()).toBe(409);
  expect(await second.json()).toEqual({ Refused: { Conflict: 'NoticePublished' } });
});

test('without JavaScript one can continue as well', async ({ visitor, browser, assent, allowStatus }) => {
  allowStatus(403);
  const officer = await visitor(accounts.dpo);
  const user = await visitor(accounts.viewer);
  await publish(officer);
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await user.context().storageState(), baseURL: assent.url });
  const plain = await context.newPage();
  await plain.goto('/partners');
  await expect(plain).toHaveURL(/\/notice\?return_to=%2Fpartners/);
  await plain.getByRole('button', { name: 'Continue' }).click();
  await expect(plain).toHaveURL(/\/partners$/);
  await context.close();
});
