import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const PACKAGED = '/usr/lib/postgresql'
const PROGRAMS = ['initdb', 'pg_ctl']
const UNPRIVILEGED = ['postgres', 'nobody']

const SCHEMA = `
  create table items (
    id bigint primary key, name text not null, price_cents integer not null,
    stock integer not null check (stock >= 0));
  create table orders (
    id bigint generated always as identity primary key, customer text not null,
    total_cents bigint not null, created_at timestamptz not null default now());
  create table order_lines (
    order_id bigint not null references orders, line_number integer not null,
    item_id bigint not null references items, quantity integer not null,
    price_cents integer not null, primary key (order_id, line_number));`

// Items 1 to 9 with 1000 of each in stock, at 10 cents times their id.
const REFILL = `
  truncate order_lines, orders, items restart identity;
  insert into items select i, 'item ' || i, 10 * i, 1000 from generate_series(1, 9) i;`

/** Why there can be no database for a test here, or false. */
export function databaseIsMissing() {
  const missing = PROGRAMS.filter((program) => !find(program))
  return missing.length > 0 && `PostgreSQL is not installed: no ${missing.join(', ')}`
}

/** Makes and starts a PostgreSQL of the test's own, in a folder that goes when it is removed. */
export async function startDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-node-http-'))
  // The server refuses to be run by root.
  const owner = process.getuid() === 0 ? unprivilegedUser() : {}
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  const url = `postgresql://twofold:secret@127.0.0.1:${port}/postgres`

  const run = (program, ...args) => {
    const { status, error } = spawnSync(find(program), args, { ...owner, cwd: folder, stdio: 'ignore' })
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? `status ${status}`}`)
  }
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`
  const start = () => run('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options)
  // As a crash would end it: no client is asked to leave.
  const stop = () => run('pg_ctl', 'stop', '-w', '-D', data, '-m', 'immediate')
  const query = async (sql) => {
    const client = new pg.Client(url)
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  const remove = () => {
    stop()
    rmSync(folder, { recursive: true })
  }

  run('initdb', '-D', data, '--username=twofold', '--auth=trust', '--encoding=UTF8', '--no-sync')
  start()
  await query(SCHEMA)
  return { url, start, stop, query, refill: () => query(REFILL), remove }
}

function find(program) {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED).sort().reverse() : []
  const folders = [
    ...versions.map((version) => join(PACKAGED, version, 'bin')),
    ...process.env.PATH.split(':'),
  ]
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

function unprivilegedUser() {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] = users.find(([name]) => UNPRIVILEGED.includes(name))
  return { uid: Number(uid), gid: Number(gid) }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}
