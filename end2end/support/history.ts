// A history that is long, and a download of it that is slow.

import { get, type ClientRequest } from 'node:http';
import type { Page } from '@playwright/test';
import { answer } from './calls.ts';
import type { Assent } from './server.ts';

/** Puts so many entries, with their places in the chain, after those that there are. */
export async function lengthen(admin: Page, assent: Assent, many: number): Promise<void> {
  // It seals what waits, so that the new entries come after it.
  await answer(admin, 'chain/check', { checked: 0 });
  const [begin, id, numbers, hash] =
    assent.database === 'sqlite'
      ? [
          'BEGIN IMMEDIATE',
          `CAST(x'7fff01010101711181' || printf('%07d', n) AS BLOB)`,
          `(WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${many}) SELECT n FROM number)`,
          'zeroblob(32)',
        ]
      : [
          'BEGIN',
          `('7fff0101-0101-7111-8131-' || lpad(to_hex(n), 12, '0'))::uuid`,
          `generate_series(1, ${many}) n`,
          `decode(repeat('00', 32), 'hex')`,
        ];
  await assent.execute(
    `${begin}; INSERT INTO history (id, organisation_id, at, subject_kind, action, topic, sequence, hash)
     SELECT ${id}, organisation_id, 1795000000000, 'organisation', '"support_changed"', 'organisation', sequence + n, ${hash}
     FROM history_head, ${numbers}; UPDATE history_head SET sequence = sequence + ${many}; COMMIT`,
  );
}

/** Begins to download, as whoever is signed in on that page, and takes nothing but what buffers hold. */
export async function takeSlowly(page: Page, url: string): Promise<ClientRequest> {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
  const request = get(url, { agent: false, headers: { Cookie: cookies.join('; ') } });
  await new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  request.on('error', () => undefined);
  return request;
}
