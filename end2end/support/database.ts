// Every row of every table, as it is on disk, and what time alone would change.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Assent } from './server.ts';

const run = promisify(execFile);

/** The rows of each table as JSON texts; blobs are `\x` and lower-case hexadecimal digits on both databases. */
export type Dump = Map<string, string[]>;

/** Reads every table. Names are the same on both databases; tables of the key store begin with `assent_keys.`. */
export function dump(assent: Assent): Promise<Dump> {
  return assent.database === 'sqlite' ? dumpSqlite(assent.folder) : dumpPostgres(assent.databaseUrl);
}

/** Which tables hold this text, and how many of their rows do. */
export function tablesWith(dumped: Dump, text: string): Record<string, number> {
  const found: Record<string, number> = {};
  const inJson = JSON.stringify(text).slice(1, -1);
  for (const [table, rows] of dumped) {
    const count = rows.filter((row) => row.includes(inJson)).length;
    if (count > 0) found[table] = count;
  }
  return found;
}

/** The raw bytes of every SQLite file (database, write-ahead log, key store), by file name. */
export async function sqliteFiles(assent: Assent): Promise<Map<string, Buffer>> {
  const names = (await readdir(assent.folder)).filter((name) => name.includes('.db'));
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(assent.folder, name))] as const));
  return new Map(files);
}

async function dumpSqlite(folder: string): Promise<Dump> {
  const dumped: Dump = new Map();
  for (const [file, prefix] of [
    ['assent.db', ''],
    ['keys.db', 'assent_keys.'],
  ] as const) {
    const path = join(folder, file);
    if (!existsSync(path)) throw new Error(`${path} is missing.`);
    const names = await sqlite(path, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`);
    for (const name of names) {
      const columns = await sqlite(path, `SELECT name FROM pragma_table_info(${literal(name)}) ORDER BY cid`);
      const values = columns.map((column) => {
        const quoted = `"${column.replaceAll('"', '""')}"`;
        const shown = `CASE typeof(${quoted}) WHEN 'blob' THEN '\\x' || lower(hex(${quoted})) ELSE ${quoted} END`;
        return `${literal(column)}, ${shown}`;
      });
      const rows = await sqlite(path, `SELECT json_object(${values.join(', ')}) FROM "${name.replaceAll('"', '""')}"`);
      dumped.set(prefix + name, rows);
    }
  }
  return dumped;
}

/** The lines that a query answers, read beside the running server. */
async function sqlite(path: string, query: string): Promise<string[]> {
  const words = ['-readonly', '-batch', '-noheader', '-cmd', '.timeout 5000', path, query];
  const { stdout } = await run('sqlite3', words, { maxBuffer: 1 << 28 });
  return stdout.split('\n').filter((line) => line !== '');
}

async function dumpPostgres(databaseUrl: string): Promise<Dump> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const dumped: Dump = new Map();
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'assent_keys') ORDER BY 1, 2`,
    );
    for (const { schema, name } of tables) {
      const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
      const { rows } = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${table} AS t`);
      dumped.set(schema === 'public' ? name : `${schema}.${name}`, rows.map(({ row }) => row));
    }
    return dumped;
  } finally {
    await client.end();
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Makes every proof of who somebody is an hour older, as if they had been away for that long. */
export async function ageProofs(assent: Assent): Promise<void> {
  const statement = 'UPDATE session SET proved_at = proved_at - 3600000';
  if (assent.database === 'sqlite') {
    await run('sqlite3', ['-batch', '-cmd', '.timeout 5000', join(assent.folder, 'assent.db'), statement]);
    return;
  }
  const client = new pg.Client({ connectionString: assent.databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
