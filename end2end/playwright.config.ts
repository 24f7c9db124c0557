import { defineConfig } from '@playwright/test';
import type { AssentOptions, AssentWorkerOptions } from './support/fixtures.ts';

// `cargo xtask test browser` builds the server, starts PostgreSQL, finds Chromium and sets ASSENT_BINARY,
// ASSENT_TEST_POSTGRES_URL and ASSENT_CHROMIUM.
export default defineConfig<AssentOptions, AssentWorkerOptions>({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.ASSENT_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'sqlite', use: { database: 'sqlite' } },
    { name: 'postgres', use: { database: 'postgres' } },
  ],
});
