// What tests do on almost every page.

import { expect, type Page } from '@playwright/test';

/** The password of every demo account. */
export const demoPassword = 'assent-demo-1';

export interface Account {
  email: string;
  password?: string;
}

/** The demo accounts. */
export const accounts = {
  /** Platform admin. */
  admin: { email: 'admin@demo.test' },
  /** Billing manager: view and edit billing details. */
  billing: { email: 'billing@demo.test' },
  /** Partner manager: edit partners, view billing details. */
  viewer: { email: 'viewer@demo.test' },
  /** External agency: view partners, no billing details. */
  external: { email: 'external@demo.test' },
  /** Data protection officer. */
  dpo: { email: 'dpo@demo.test' },
} as const satisfies Record<string, Account>;

/** Waits until the page has been taken over by the WebAssembly. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
}

/** Goes to a path and waits for hydration. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** Agrees to the privacy notice, as everybody does at their first sign-in. */
export async function agree(page: Page): Promise<void> {
  await page.waitForURL((url) => url.pathname === '/notice');
  await hydrated(page);
  await page.getByRole('button', { name: /^(Continue|Weiter)$/ }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await hydrated(page);
}

/** Signs in and waits for the overview. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await open(page, '/sign-in');
  await page.getByLabel('E-mail address', { exact: true }).fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password ?? demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await hydrated(page);
}
