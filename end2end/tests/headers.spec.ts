// What browsers and caches are told, and whose requests are taken.

import { expect, test } from '../support/fixtures.ts';
import { accounts, open } from '../support/pages.ts';

test('every page has a policy with a nonce of its own', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const nonces = new Set<string>();
  for (const path of ['/', '/partners', '/billing']) {
    const response = await admin.goto(path);
    const headers = response!.headers();
    const policy = headers['content-security-policy'] ?? '';
    const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(policy) ?? [];
    expect(nonce.length).toBeGreaterThanOrEqual(16);
    expect(await response!.text()).toContain(`nonce="${nonce}"`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    nonces.add(nonce);
  }
  expect(nonces.size, 'nonces').toBe(3);
});

test('a request from another origin changes nothing', async ({ visitor, assent }) => {
  const admin = await visitor(accounts.admin);
  const before = await (await admin.request.post('/fn/organisation/find', { data: {} })).json();
  const { version, time_zone } = before as { version: number; time_zone: string };
  const data = { request: { version, name: 'Taken over', time_zone } };
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
  ];
  for (const headers of foreign) {
    const refused = await admin.request.post('/fn/organisation/save', { data, headers });
    expect(refused.status(), JSON.stringify(headers)).toBe(403);
  }
  expect(await (await admin.request.post('/fn/organisation/find', { data: {} })).json()).toEqual(before);
  const own = await admin.request.post('/fn/organisation/find', { data: {}, headers: { Origin: assent.url } });
  expect(own.status()).toBe(200);
});

test('the cookie is out of reach of scripts and of other sites', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const cookies = await admin.context().cookies();
  const session = cookies.find(({ httpOnly }) => httpOnly);
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await admin.evaluate(() => document.cookie)).not.toContain(session!.value);
});

test('bad input is answered in words, never with 500', async ({ visitor }) => {
  const admin = await visitor(accounts.admin);
  const post = (path: string, options: object) => admin.request.post(`/fn/${path}`, options);
  const json = { 'Content-Type': 'application/json' };
  const list = { search: '', status: 'active', sort: 'name', after: null, before: null };
  const bad: [string, object, number][] = [
    ['partners/list', { data: 'nonsense', headers: json }, 422],
    ['partners/list', { data: {} }, 422],
    ['partners/list', { data: { request: { ...list, more: 1 } } }, 422],
    ['partners/list', { data: { request: list, more: 1 } }, 422],
    ['partners/list', { data: { request: { ...list, after: 'no id' } } }, 422],
    ['partners/list', { data: JSON.stringify({ request: list }), headers: { 'Content-Type': 'text/plain' } }, 422],
    ['partners/find', { data: { request: { id: '00000000-0000-0000-0000-000000000000' } } }, 404],
    ['partners/list', { data: { request: { ...list, search: 'a\u0000b' } } }, 422],
    ['partners/list', { data: { request: { ...list, search: 'a'.repeat(600_000) } } }, 413],
    ['nothing/here', { data: {} }, 404],
  ];
  for (const [path, options, status] of bad) {
    const response = await post(path, options);
    expect(response.status(), `${path} ${JSON.stringify(options).slice(0, 120)}`).toBe(status);
  }
});

test('a return path stays on this origin', async ({ visitor, assent }) => {
  const page = await visitor();
  await open(page, '/sign-in?return_to=https%3A%2F%2Fevil.example%2F');
  await page.getByLabel('E-mail address', { exact: true }).fill(accounts.viewer.email);
  await page.getByLabel('Password', { exact: true }).fill('assent-demo-1');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${assent.url}/`);
});
