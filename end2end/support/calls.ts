// Server functions, called as the pages call them, with the session of a browser.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type APIResponse, type Page } from '@playwright/test';

/** Calls a server function as whoever is signed in on that page. */
export function call(page: Page, name: string, request?: unknown): Promise<APIResponse> {
  const data = request === undefined ? {} : { request };
  return page.request.post(`/fn/${name}`, { data, headers: { Accept: 'application/json' } });
}

/** What it answers; it has to work. */
export async function answer<T>(page: Page, name: string, request?: unknown): Promise<T> {
  const response = await call(page, name, request);
  const text = await response.text();
  expect(response.status(), `${name}: ${text}`).toBe(200);
  return JSON.parse(text) as T;
}

/** The columns of the reviewed table of permissions. */
type Caller = 'admin' | 'billing' | 'viewer' | 'external' | 'dpo' | 'anonymous';

export interface Operation {
  name: string;
  status: Record<Caller, number>;
}

/**
 * Every registered server function on what is the caller's own, with its status for each caller. A Rust test
 * fails when a registered function has no row in this table or another status.
 */
export function operations(): Operation[] {
  const path = resolve(import.meta.dirname, '../../server/tests/permissions/table.txt');
  const [, header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const callers = header.split(/\s+/).slice(1) as Caller[];
  return lines
    .map((line) => line.split(/\s+/))
    .filter((words) => words[1] !== 'foreign')
    .map(([name = '', ...statuses]) => ({
      name,
      status: Object.fromEntries(callers.map((caller, at) => [caller, Number(statuses[at])])) as Operation['status'],
    }));
}

/**
 * The functions that need `billing.edit`. Of those who sign in with the demo's roles, only platform admins and
 * billing managers hold it; so nobody else gets past 403, and these two do.
 */
export function functionsThatNeedBillingEdit(): string[] {
  return operations()
    .filter(({ status }) => [status.admin, status.billing].every((code) => code !== 403 && code !== 401))
    .filter(({ status }) => [status.viewer, status.external, status.dpo].every((code) => code === 403))
    .map(({ name }) => name)
    .sort();
}

export interface Role {
  id: string;
  name: string;
  version: number;
  permissions: string[];
}

export async function roleNamed(page: Page, name: string): Promise<Role> {
  const { roles } = await answer<{ roles: Role[] }>(page, 'roles/matrix');
  const role = roles.find((candidate) => candidate.name === name);
  expect(role, `the role ${name}`).toBeDefined();
  return role!;
}

export interface Partner {
  id: string;
  status: string;
  version: number;
  fields: { name: string; country: string };
}

/** A new partner of that name; its country is none that a test looks for. */
export function createPartner(page: Page, name: string): Promise<Partner> {
  const fields = { name, kind: 'publisher', website: '', country: 'SE', contact_person: '', note: '' };
  return answer(page, 'partners/create', { fields });
}
