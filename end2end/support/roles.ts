// Organisations with many roles.

import type { Locator, Page } from '@playwright/test';
import { answer, roleNamed, type Role } from './calls.ts';

const fields = [
  'Affiliate recruiting',
  'Analytics',
  'Campaigns',
  'Compliance',
  'Customer support',
  'Finance',
  'Fraud prevention',
  'Key accounts',
  'Legal',
  'Marketing',
  'Payouts',
  'Publisher success',
];
const ranks = ['assistant', 'lead', 'specialist'];
const sets = [
  ['partners.view'],
  ['partners.view', 'partners.edit', 'users.view'],
  ['partners.view', 'billing.view', 'history.view'],
  ['partners.view', 'billing.view', 'billing.edit', 'insights.view'],
  ['newsletters.manage'],
];

/** Roles as a real company has them, until there are `count`; the demo begins with five. */
export async function makeRoles(admin: Page, count: number): Promise<void> {
  const names = fields.flatMap((field) => ranks.map((rank) => `${field} ${rank}`));
  for (const [at, name] of names.slice(0, count - 5).entries()) await makeRole(admin, name, sets[at % sets.length]!);
}

/** A role of that name with those permissions. */
export async function makeRole(admin: Page, name: string, permissions: string[]): Promise<Role> {
  const { id, version } = await answer<Role>(admin, 'roles/create', { name });
  return answer<Role>(admin, 'roles/set_permissions', { id, version, permissions });
}

/** The permissions of a role as they are stored. */
export async function stored(page: Page, role: string): Promise<string[]> {
  return (await roleNamed(page, role)).permissions;
}

/** A checkbox of the matrix. */
export function cell(page: Page, permission: string, role: string): Locator {
  return page.getByRole('checkbox', { name: `${permission} for ${role}`, exact: true });
}

/** The button in the head of a role. */
export function head(page: Page, role: string): Locator {
  return page.getByRole('button', { name: `More about ${role}`, exact: true });
}
