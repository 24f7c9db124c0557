// Real server processes on a database of their own.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Mailbox } from './mailbox.ts';

export type Database = 'sqlite' | 'postgres';

export interface StartOptions {
  database: Database;
  /** Server processes on the one database. Two need PostgreSQL. */
  servers?: 1 | 2;
  /** Whether the demo organisation is there at the start (the default). */
  demo?: boolean;
  /** Whether mail goes to `mailbox` (the default) or, in the demo, to its inbox. */
  mailbox?: boolean;
  /** Further settings, for every process. */
  env?: Record<string, string>;
}

/** One running server process. */
export interface ServerProcess {
  /** `http://localhost:<port>`. */
  readonly url: string;
  /** Everything that it has printed so far. */
  output(): string;
  /** Resident memory in KiB. */
  residentMemory(): Promise<number>;
}

/** A running Assent: one database, one or two server processes. */
export interface Assent {
  readonly database: Database;
  /** The first process' address. */
  readonly url: string;
  /** The second process' address; the first one's where there is only one. */
  readonly secondUrl: string;
  readonly servers: readonly ServerProcess[];
  /** As in ASSENT_DATABASE_URL. */
  readonly databaseUrl: string;
  /** Where mail goes. */
  readonly mailbox: Mailbox;
  /** Holds the master key and, on SQLite, `assent.db` and `keys.db`. */
  readonly folder: string;
  /** Everything that all processes have printed so far. */
  output(): string;
  /** Runs `assent` with these words on the same database and key, and answers what it prints. */
  command(...words: string[]): Promise<string>;
  /** Changes the database behind the servers' backs, for what can't be waited for. */
  execute(statement: string): Promise<void>;
  /** Waits until the processes have printed something, for example the set-up link. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Ends every process (SIGTERM first), drops the database and removes the folder. */
  stop(): Promise<void>;
}

/** Starts Assent and waits until every process is ready. */
export async function startServer(options: StartOptions): Promise<Assent> {
  const count = options.servers ?? 1;
  if (count > 1 && options.database === 'sqlite') {
    throw new Error('Two servers on one database need PostgreSQL.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'assent-end2end-'));
  const processes: Process[] = [];
  const tidyUp: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((process) => process.stop()));
    for (const step of tidyUp.splice(0).reverse()) await step();
  };
  try {
    let databaseUrl = `sqlite://${join(folder, 'assent.db')}`;
    if (options.database === 'postgres') {
      const name = `assent_end2end_${randomBytes(8).toString('hex')}`;
      await administer(`CREATE DATABASE ${name}`);
      tidyUp.push(() => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
      databaseUrl = databaseNamed(name);
    }
    const mailbox = await Mailbox.open();
    tidyUp.push(() => mailbox.close());
    const mail = { ASSENT_SMTP_URL: mailbox.url, ASSENT_MAIL_FROM: 'assent@demo.test' };
    const env = { ...(options.mailbox === false ? {} : mail), ...options.env };
    // One after the other: the first fills the database.
    for (let index = 0; index < count; index += 1) {
      const server = await Process.start({ ...options, env }, databaseUrl, folder);
      processes.push(server);
      await server.ready();
    }
    const output = (): string => processes.map((process) => process.output()).join('');
    const [first, last] = [processes[0]!, processes[processes.length - 1]!];
    return {
      database: options.database,
      url: first.url,
      secondUrl: last.url,
      servers: processes,
      databaseUrl,
      mailbox,
      folder,
      output,
      command: (...words) => command(words, databaseUrl, folder),
      execute: (statement) => execute(options.database, folder, databaseUrl, statement),
      printed: (pattern) => waitForText(output, pattern),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The value of a setting that `cargo xtask test` makes. */
function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the browser tests with \`cargo xtask test browser\`.`);
  return value;
}

/** The built program. */
function program(): string {
  const binary = process.env.ASSENT_BINARY ?? resolve(import.meta.dirname, '../../dist/assent');
  if (!existsSync(binary)) throw new Error(`${binary} is missing. Build it with \`cargo xtask build\`.`);
  return binary;
}

async function command(words: string[], databaseUrl: string, folder: string): Promise<string> {
  const env = { ASSENT_DATABASE_URL: databaseUrl, ASSENT_MASTER_KEY_FILE: join(folder, 'master.key') };
  return (await promisify(execFile)(program(), words, { cwd: folder, env })).stdout;
}

class Process implements ServerProcess {
  #printed = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly address: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#printed += text));
    }
    child.on('error', (error) => (this.#printed += `\n${error.message}`));
  }

  static async start(options: StartOptions, databaseUrl: string, folder: string): Promise<Process> {
    const binary = program();
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const words = options.demo === false ? ['serve'] : ['serve', '--demo'];
    const child = spawn(binary, words, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        ASSENT_ADDRESS: `127.0.0.1:${port}`,
        ASSENT_PUBLIC_URL: url,
        ASSENT_DATABASE_URL: databaseUrl,
        ASSENT_MASTER_KEY_FILE: join(folder, 'master.key'),
        ...options.env,
      },
    });
    return new Process(url, child, `http://127.0.0.1:${port}`);
  }

  output(): string {
    return this.#printed;
  }

  async residentMemory(): Promise<number> {
    const { readFile } = await import('node:fs/promises');
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
  }

  async ready(): Promise<void> {
    const until = Date.now() + 20_000;
    while (Date.now() < until) {
      if (this.#ended()) throw new Error(`The server has ended before it was ready:\n${this.#printed}`);
      const answer = await fetch(`${this.address}/health/ready`).catch(() => undefined);
      if (answer?.status === 200) return;
      await sleep(25);
    }
    throw new Error(`The server is not ready after 20 s:\n${this.#printed}`);
  }

  async stop(): Promise<void> {
    if (this.#ended()) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const late = Symbol('late');
    if ((await Promise.race([ended, sleep(10_000, late, { ref: false })])) === late) {
      this.child.kill('SIGKILL');
      await ended;
      throw new Error(`The server did not end within 10 s of SIGTERM:\n${this.#printed}`);
    }
  }

  #ended(): boolean {
    return this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

async function waitForText(text: () => string, pattern: RegExp): Promise<RegExpMatchArray> {
  const until = Date.now() + 10_000;
  for (;;) {
    const found = text().match(pattern);
    if (found) return found;
    if (Date.now() > until) throw new Error(`${pattern} was not printed within 10 s:\n${text()}`);
    await sleep(25);
  }
}

async function execute(database: Database, folder: string, databaseUrl: string, statement: string): Promise<void> {
  if (database === 'postgres') return administer(statement, databaseUrl);
  await promisify(execFile)('sqlite3', ['-cmd', '.timeout 5000', join(folder, 'assent.db'), statement]);
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

function databaseNamed(name: string): string {
  const url = new URL(setting('ASSENT_TEST_POSTGRES_URL'));
  url.pathname = `/${name}`;
  return url.href;
}

async function administer(statement: string, connectionString = setting('ASSENT_TEST_POSTGRES_URL')): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
