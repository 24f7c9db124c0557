// The second factor: an app's codes, recovery codes, passkeys, and the organisation that asks for them.

import type { Locator, Page } from '@playwright/test';
import { ageProofs } from '../support/database.ts';
import { expect, test } from '../support/fixtures.ts';
import { accounts, demoPassword, hydrated, open } from '../support/pages.ts';
import { code } from '../support/totp.ts';

test.use({ ownServer: true });

function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Sets an app up on the profile; answers its secret and the recovery codes. */
async function setUp(page: Page): Promise<{ secret: string; recovery: string[] }> {
  await open(page, '/profile');
  const factor = section(page, 'Second factor');
  await factor.getByRole('button', { name: 'Set up an app' }).click();
  await expect(factor.getByRole('img', { name: 'QR code with the secret' })).toBeVisible();
  const secret = await factor.locator('dd.mono').innerText();
  await factor.getByLabel('Code', { exact: true }).fill(code(secret));
  await factor.getByRole('button', { name: 'Turn on' }).click();
  const codes = factor.locator('.codes li');
  await expect(codes).toHaveCount(10);
  const recovery = await codes.allInnerTexts();
  await factor.getByRole('button', { name: 'I have kept them' }).click();
  await expect(codes).toHaveCount(0);
  return { secret, recovery };
}

/** Gives the password, which leads to the second step. */
async function givePassword(page: Page, email: string): Promise<void> {
  await open(page, '/sign-in');
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in/code');
  await hydrated(page);
}

async function giveCode(page: Page, given: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(given);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function signedIn(page: Page): Promise<void> {
  await page.waitForURL((url) => url.pathname === '/');
  await hydrated(page);
}

test('an app is set up and asked for, and a recovery code takes its place once', async ({ visitor, allowStatus }) => {
  allowStatus(422);
  const { secret, recovery } = await setUp(await visitor(accounts.billing));
  const page = await visitor();
  await givePassword(page, accounts.billing.email);
  await giveCode(page, '000000');
  await expect(page.getByText('This code is not right, or was used already').first()).toBeVisible();
  // The step of the set-up is used up; one step ahead is within the skew.
  await giveCode(page, code(secret, 1));
  await signedIn(page);

  const other = await visitor();
  await givePassword(other, accounts.billing.email);
  await giveCode(other, recovery[0]!.toLowerCase());
  await signedIn(other);
  const third = await visitor();
  await givePassword(third, accounts.billing.email);
  await giveCode(third, recovery[0]!);
  await expect(third.getByText('This code is not right, or was used already').first()).toBeVisible();
});

test('the second step works without JavaScript', async ({ visitor, browser, assent }) => {
  const { recovery } = await setUp(await visitor(accounts.billing));
  const context = await browser.newContext({ baseURL: assent.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address', { exact: true }).fill(accounts.billing.email);
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  await giveCode(page, recovery[1]!);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await context.close();
});

/** Puts a device with passkeys into the browser. */
async function device(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page: Page, name: string): Promise<Locator> {
  await open(page, '/profile');
  const passkeys = section(page, 'Passkeys');
  await passkeys.getByLabel('Passkey name', { exact: true }).fill(name);
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(passkeys.getByText(name)).toBeVisible();
  await expect(page.locator('.codes li')).toHaveCount(10);
  return passkeys;
}

/** Takes the sign-in from the browser. The page is left first: one that is open may just be loading something. */
async function forgetSignIn(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

test('a passkey is added and signs in by itself', async ({ visitor }) => {
  const page = await visitor(accounts.billing);
  await device(page);
  const passkeys = await addPasskey(page, 'Work laptop');

  await forgetSignIn(page);
  await open(page, '/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await signedIn(page);
  await forgetSignIn(page);
  await givePassword(page, accounts.billing.email);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await signedIn(page);

  await open(page, '/profile');
  await passkeys.getByRole('button', { name: 'Remove: Work laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(passkeys.getByText('You have no passkey yet.')).toBeVisible();
});

test('a code or a passkey proves anew who one is', async ({ visitor, assent, allowStatus }) => {
  allowStatus(403, 422);
  const page = await visitor(accounts.billing);
  const { secret, recovery } = await setUp(page);
  const dialog = page.getByRole('dialog', { name: "Confirm it's you" });
  const factor = section(page, 'Second factor');
  const renew = async (): Promise<void> => {
    await factor.getByRole('button', { name: 'Make new recovery codes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make new recovery codes' }).click();
  };

  await test.step('a code of the app, once it is right', async () => {
    await ageProofs(assent);
    await renew();
    await expect(dialog.getByRole('button', { name: 'Use a passkey' })).toHaveCount(0);
    await dialog.getByLabel('Password or code', { exact: true }).fill('000000');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await expect(dialog.getByRole('alert')).toContainText('This code is not right, or was used already');
    await expect(factor.locator('.codes li')).toHaveCount(0);
    await dialog.getByLabel('Password or code', { exact: true }).fill(code(secret, 1));
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await expect(factor.locator('.codes li')).toHaveCount(10);
    expect(await factor.locator('.codes li').allInnerTexts()).not.toContain(recovery[0]);
    await factor.getByRole('button', { name: 'I have kept them' }).click();
  });

  await test.step('a passkey', async () => {
    await device(page);
    const passkeys = section(page, 'Passkeys');
    await passkeys.getByLabel('Passkey name', { exact: true }).fill('Work laptop');
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(passkeys.getByText('Work laptop')).toBeVisible();
    await ageProofs(assent);
    await renew();
    await dialog.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(factor.locator('.codes li')).toHaveCount(10);
    await expect(dialog).toBeHidden();
  });

  await test.step('an account ends by one of them', async () => {
    await open(page, '/profile/terminate');
    await page.getByLabel('Password or code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Terminate my account' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'This code is not right' })).toBeVisible();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'The account is terminated' })).toBeVisible();
  });
});

test('where it is required, open pages know within a second', async ({ visitor }) => {
  const [admin, billing] = [await visitor(accounts.admin), await visitor(accounts.billing)];
  await open(billing, '/billing');
  await expect(billing.locator('html')).toHaveAttribute('data-live', 'true');
  await expect(billing.getByLabel('Legal name', { exact: true })).toBeEnabled();
  await open(admin, '/organisation');
  await admin.getByLabel(/^Require a second factor for everyone/).check();
  await expect(admin.getByText(/^You have no second factor yourself/)).toBeVisible();
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(billing.getByText('Set up a second factor')).toBeVisible({ timeout: 1_000 });
  await expect(billing.getByLabel('Legal name', { exact: true })).toBeDisabled();
  await expect(admin.getByRole('link', { name: 'Manage Roles' })).toHaveCount(0);

  await billing.getByRole('link', { name: 'Set it up on your profile' }).click();
  await setUp(billing);
  await expect(billing.getByText('Set up a second factor', { exact: true })).toHaveCount(0);
  await open(billing, '/billing');
  await expect(billing.getByLabel('Legal name', { exact: true })).toBeEnabled();
});
