// Whatever goes wrong or comes to its end, people are told, and both they and the keyboard can go on.

import type { Page } from '@playwright/test';
import { answer } from '../support/calls.ts';
import { expect, test } from '../support/fixtures.ts';
import { linkIn } from '../support/mailbox.ts';
import { accounts, demoPassword, hydrated, open } from '../support/pages.ts';
import { code } from '../support/totp.ts';

test.use({ ownServer: true });
test.describe.configure({ timeout: 120_000 });

const over = "This link doesn't work any more";
const phone = { viewport: { width: 360, height: 740 } };

async function openUser(admin: Page, name: string): Promise<void> {
  await open(admin, `/users?search=${encodeURIComponent(name)}`);
  await admin.getByRole('link', { name }).click();
  await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
  await hydrated(admin);
}

async function invite(admin: Page, name: string, email: string): Promise<void> {
  await answer(admin, 'users/create', { name, email, external: false, access_ends: '', language: 'en', roles: [] });
}

test('what fails in the card of an account is said there', async ({ visitor, allowConsoleError }) => {
  allowConsoleError(/net::ERR_FAILED/);
  const admin = await visitor(accounts.admin);
  const unreachable = 'Check your connection, then try again.';

  await test.step('lifting a suspension', async () => {
    await openUser(admin, 'Vincent Okoro');
    const card = admin.getByRole('region', { name: 'Account', exact: true });
    await card.getByRole('button', { name: 'Suspend' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
    const lift = card.getByRole('button', { name: 'Lift the suspension' });
    await admin.route('**/fn/users/reactivate', (route) => route.abort());
    await lift.click();
    await expect(card.getByRole('alert')).toContainText(unreachable);
    await admin.unroute('**/fn/users/reactivate');
    await lift.click();
    await expect(card.getByRole('button', { name: 'Suspend' })).toBeVisible();
    await expect(card.getByRole('alert')).toHaveCount(0);
    await expect(card.getByRole('heading', { level: 2 })).toBeFocused();
  });

  await test.step('sending an invitation again', async () => {
    await invite(admin, 'Nora Newcomer', 'nora@demo.test');
    await openUser(admin, 'Nora Newcomer');
    const card = admin.getByRole('region', { name: 'Invitation', exact: true });
    await admin.route('**/fn/users/resend_invitation', (route) => route.abort());
    await card.getByRole('button', { name: 'Send again' }).click();
    await expect(card.getByRole('alert')).toContainText(unreachable);
  });
});

test('links that are good for nothing say so and lead on', async ({ assent, visitor, allowStatus }) => {
  allowStatus(409);
  const page = await visitor();
  for (const path of ['/accept-invite', '/set-password', '/confirm-address', '/set-up']) {
    await open(page, `${path}?token=forged`);
    await expect(page.getByRole('heading', { level: 1, name: over }), path).toBeVisible();
    await expect(page.locator('main'), path).toContainText('its time is over');
    await expect(page.getByRole('link', { name: 'To sign-in' }), path).toHaveAttribute('href', '/sign-in');
  }
  await open(page, '/set-password?token=forged');
  await page.getByRole('link', { name: 'Ask for a new link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Forgot password?' })).toBeVisible();

  await test.step('also one that is used up while its page is open', async () => {
    await invite(await visitor(accounts.admin), 'Nora Newcomer', 'nora@demo.test');
    const link = linkIn(await assent.mailbox.wait('nora@demo.test', /Northwind Partners/));
    await open(page, link);
    const elsewhere = await visitor();
    await open(elsewhere, link);
    await elsewhere.getByRole('button', { name: 'Decline the invitation' }).click();
    await expect(elsewhere.getByText('You declined the invitation.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('four words in a row');
    await page.getByRole('button', { name: 'Accept and sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: over })).toBeVisible();
    await expect(page.locator('main')).toBeFocused();
    await page.getByRole('link', { name: 'To sign-in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  });
});

test('who is too late with a code is led back to the sign-in', async ({ assent, visitor, allowStatus }) => {
  allowStatus(409);
  await setUp(await visitor(accounts.billing));
  const page = await visitor();
  await open(page, '/sign-in');
  await page.getByLabel('E-mail address', { exact: true }).fill(accounts.billing.email);
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in/code');
  await hydrated(page);
  await assent.execute('DELETE FROM challenge');
  await page.getByLabel('Code', { exact: true }).fill('123456');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Please sign in once more' })).toBeVisible();
  await page.getByRole('link', { name: 'To sign-in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('the keyboard goes on where something has come to its end', async ({ visitor }) => {
  const page = await visitor(accounts.billing);

  await test.step('at the address, when its change is taken back', async () => {
    await open(page, '/profile');
    const email = page.getByLabel('E-mail address', { exact: true });
    await email.fill('bea.new@demo.test');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Keep the old address' }).click();
    await expect(page.getByText('New address:')).toHaveCount(0);
    await expect(email).toBeFocused();
    await expect(email).toHaveValue(accounts.billing.email);
  });

  await test.step('at the second factor, when it is set up', async () => {
    await setUp(page);
    await expect(page.getByRole('heading', { level: 2, name: 'Second factor' })).toBeFocused();
  });
});

test('nothing is cut off or scrolls sideways on a phone', async ({ visitor }) => {
  const admin = await visitor(accounts.admin, phone);
  await visitor(accounts.admin);
  await invite(admin, 'W'.repeat(100), 'long@demo.test');
  for (const path of ['/profile', '/users', '/history']) {
    await open(admin, path);
    expect(await tooWide(admin), path).toEqual([]);
  }
  await open(admin, '/users?status=invited');
  await admin.getByRole('table').getByRole('link').click();
  await expect(admin.getByRole('heading', { level: 1, name: /^W+$/ })).toBeVisible();
  expect(await tooWide(admin)).toEqual([]);
});

/** Sets an app up, to the end. */
async function setUp(page: Page): Promise<void> {
  await open(page, '/profile');
  const factor = page.getByRole('region', { name: 'Second factor', exact: true });
  await factor.getByRole('button', { name: 'Set up an app' }).click();
  await factor.getByLabel('Code', { exact: true }).fill(code(await factor.locator('dd.mono').innerText()));
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByRole('button', { name: 'I have kept them' }).click();
  await expect(factor.getByRole('button', { name: 'I have kept them' })).toHaveCount(0);
}

/** What is wider than the place it has, of the page itself and of all that would scroll or cut it off. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main :not(input)')]
      .filter((element) => element === document.documentElement || getComputedStyle(element).overflowX !== 'visible')
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName}.${element.className}`),
  );
}
