'use strict'

// Who is kept out: real players are banned while they play, and refused when they come; bans end, and come from files; and
// what the proxy has said it keeps is there after any end of its process. A plugin that is here for the tests bans them (see
// ../warden).

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { Player, ping } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { startSessionServer, profileOf } = require('./session-server')
const { playerName } = require('./versions')

const root = path.resolve(__dirname, '../..')
const target = path.join(root, 'e2e/target')
const REASON = 'for tests'
const MODES = ['offline', 'client_only', 'passthrough']

const KILLS = Number(process.env.E2E_KILLS ?? 100)
const KILL_SECONDS = Number(process.env.E2E_KILL_SECONDS ?? 300)
const WRITERS = 8

// The distribution with the plugin.
function install () {
  const home = path.join(target, 'with-warden')
  fs.rmSync(home, { recursive: true, force: true })
  fs.cpSync(path.join(root, 'distribution/target/infrarust'), home, { recursive: true })
  const sources = path.join(root, 'e2e/warden/src')
  execFileSync(process.env.E2E_JAVA + 'c', [
    '-d', path.join(home, 'lib/infrarust.e2e.warden'),
    '--module-path', path.join(home, 'lib'),
    path.join(sources, 'module-info.java'),
    path.join(sources, 'infrarust/e2e/warden/Warden.java')
  ])
  return path.join(home, 'bin/infrarust')
}

// Without a start-up cache: the process that trains one would take the plugin's port.
async function start (command, folder, { port, control, log }) {
  const proxy = new Process(command, ['-c', 'infrarust.toml'], {
    cwd: folder,
    log,
    env: { INFRARUST_JAVA_OPTS: `-De2e.warden=${control}`, INFRARUST_AOT: 'off' }
  })
  await proxy.listens(port)
  await proxy.listens(control)
  return proxy
}

function host (mode, version) {
  return `${mode.replace('_', '-')}.${version.replaceAll('.', '-')}.bans.e2e.test`
}

async function configure (folder, { port, versions, ports }) {
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    '[permissions]',
    'admins = ["Root"]',
    'player_commands = ["help"]',
    ''
  ].join('\n'))
  for (const mode of MODES) {
    for (const version of versions) {
      const name = host(mode, version)
      fs.writeFileSync(path.join(folder, 'servers', `${name}.toml`), [
        `id = "${name}"`,
        `domains = ["${name}"]`,
        `addresses = ["127.0.0.1:${ports[`${version}:on`]}"]`,
        `proxy_mode = "${mode}"`,
        ''
      ].join('\n'))
    }
  }
}

function asking (control) {
  const ask = async (what, ...words) => {
    const query = words.length > 0 ? `?${words.map(encodeURIComponent).join('?')}` : ''
    const response = await fetch(`http://127.0.0.1:${control}/${what}${query}`)
    const text = await response.text()
    if (!response.ok) throw new Error(`${what}: ${text}`)
    return text
  }
  return {
    ask,
    ban: (type, value, { seconds = 0, reason = REASON } = {}) => ask('ban', type, value, String(seconds), reason),
    unban: (type, value) => ask('unban', type, value)
  }
}

/** Bans of every kind, in every mode, with clients of several versions. */
async function keepsOut (report, { versions, ports, run }) {
  const command = install()
  const folder = path.join(run, 'bans')
  const [port, control] = [await freePort(), await freePort()]
  await configure(folder, { port, versions, ports })
  let proxy = await start(command, folder, { port, control, log: path.join(run, 'bans.log') })
  const { ask, ban, unban } = asking(control)

  const plays = async (where) => {
    const player = new Player({ port, ...where })
    await player.join()
    return player
  }
  const isRefused = async (where, reason = REASON) => {
    const player = new Player({ port, ...where })
    const { how, reason: said } = await player.ends()
    assert.equal(how, 'login refused')
    assert.ok(said.includes('banned') && said.includes(reason), said)
  }

  await report.row('bans', 'nothing is kept', {
    'no file before the first ban': async () => assert.ok(!fs.existsSync(path.join(folder, 'infrarust.db')))
  })
  for (const version of versions) {
    const username = playerName(version, 'Bn')
    const offline = { version, host: host('offline', version), username }
    const online = { version, host: host('client_only', version), username: playerName(version, 'Bo') }
    const uuid = profileOf(online.username).id
    await report.row('bans', version, {
      'while playing': async () => {
        const player = await plays(offline)
        await ban('username', username.toUpperCase())
        const { how, reason } = await player.ends()
        assert.equal(how, 'kicked')
        assert.ok(reason.includes(REASON), reason)
      },
      'by name': () => isRefused(offline),
      lifted: async () => {
        assert.match(await unban('username', username), /^lifted/)
        await (await plays(offline)).leave()
      },
      'by account, while playing': async () => {
        const player = await plays(online)
        await ban('uuid', uuid)
        const { how } = await player.ends()
        assert.equal(how, 'kicked')
      },
      'by account': () => isRefused(online),
      'until its end': async () => {
        await ban('username', username, { seconds: 3 })
        await isRefused(offline)
        await sleep(3_100)
        await (await plays(offline)).leave()
      }
    })
  }
  const version = versions.at(-1)
  for (const mode of MODES) {
    const where = { version, host: host(mode, version), username: playerName(version, 'Ba') }
    const [one, other] = ['127.0.7.7', '127.0.8.8']
    await report.row('bans', `addresses, ${mode}`, {
      'by address': async () => {
        await ban('ip', one)
        await isRefused({ ...where, from: one })
      },
      'finds nobody to ping': () => assert.rejects(ping({ version, port, host: where.host, from: one })),
      'others play': async () => (await plays({ ...where, from: other })).leave(),
      'by block': async () => {
        await unban('ip', one)
        await ban('ip-range', '127.0.7.0/24')
        await isRefused({ ...where, from: one })
      },
      'others play on': async () => (await plays({ ...where, from: other })).leave(),
      lifted: async () => {
        await unban('ip-range', '127.0.7.0/24')
        await (await plays({ ...where, from: one })).leave()
      }
    })
  }
  await report.row('bans', 'permissions', {
    'a verified admin': async () => {
      const admin = await plays({ version, host: host('client_only', version), username: 'Root' })
      assert.equal(await ask('may', 'Root', 'infrarust.command.ban'), 'TRUE')
      await admin.leave()
    },
    'an unverified one': async () => {
      const player = await plays({ version, host: host('offline', version), username: 'Root' })
      assert.equal(await ask('may', 'Root', 'infrarust.command.ban'), 'FALSE')
      assert.equal(await ask('may', 'Root', 'infrarust.command.help'), 'TRUE')
      await player.leave()
    }
  })
  await report.row('bans', 'a new start', {
    'plugins were told': async () => {
      const heard = (await ask('heard')).split('\n')
      assert.ok(heard.includes('issued 127.0.7.7') && heard.includes('revoked 127.0.7.7'), heard.join(' '))
    },
    'with a file of the original': async () => {
      await proxy.stop()
      fs.writeFileSync(path.join(folder, 'bans.json'), JSON.stringify({
        bans: [{ target: { type: 'username', value: 'Imported' }, reason: 'for years', created_at: 1700000000, expires_at: null, source: 'console' }],
        audit_log: []
      }))
      proxy = await start(command, folder, { port, control, log: path.join(run, 'bans-again.log') })
      await isRefused({ version, host: host('offline', version), username: 'imported' }, 'for years')
      assert.ok(fs.existsSync(path.join(folder, 'bans.json.imported')) && !fs.existsSync(path.join(folder, 'bans.json')))
    },
    'older bans hold': () => isRefused({ version, host: host('client_only', version), username: playerName(version, 'Bo') }),
    'with half a file': async () => {
      await proxy.stop()
      fs.writeFileSync(path.join(folder, 'bans.json'), '{"bans": [{"target": {"type": "ip", "val')
      proxy = await start(command, folder, { port, control, log: path.join(run, 'bans-corrupt.log') })
      await proxy.says('bans.json cannot be read: line 1, column')
      await isRefused({ version, host: host('offline', version), username: 'imported' }, 'for years')
    },
    'with a damaged database': async () => {
      await proxy.stop()
      fs.writeFileSync(path.join(folder, 'infrarust.db'), 'no database '.repeat(1000))
      const broken = new Process(command, ['-c', 'infrarust.toml'], {
        cwd: folder, log: path.join(run, 'bans-damaged.log'), env: { INFRARUST_JAVA_OPTS: `-De2e.warden=${control}`, INFRARUST_AOT: 'off' }
      })
      assert.equal(await broken.exited, 'exit code 1')
      assert.ok(broken.output().includes('infrarust.db is damaged or none'), broken.output())
    }
  })
  await proxy.stop()
}

/**
 * The process is killed at any moment while bans are issued and lifted, again and again. What had been acknowledged is there afterwards, what had
 * been lifted is not, and the database is whole.
 */
async function survivesKills (report, { run }) {
  const command = install()
  const folder = path.join(run, 'bans-kill')
  const [port, control] = [await freePort(), await freePort()]
  await configure(folder, { port, versions: [], ports: {} })
  const { ask, ban, unban } = asking(control)
  // What must be there, what must not, and what nobody can know.
  const kept = new Map()
  const lifted = new Set()
  const open = new Set()
  const counts = { kills: 0, bans: 0, lifts: 0 }
  const end = Date.now() + KILL_SECONDS * 1_000
  let number = 0

  const look = async () => {
    const found = new Map((await ask('list')).split('\n').filter(line => line).map(line => {
      const [, value, reason] = line.split(' ')
      return [value, reason]
    }))
    for (const [name, reason] of kept) {
      if (!open.has(name)) assert.equal(found.get(name), reason, `lost: ${name}`)
    }
    for (const name of lifted) {
      if (!open.has(name)) assert.ok(!found.has(name), `came back: ${name}`)
    }
    for (const [name, reason] of found) assert.ok(reason?.startsWith('r') && reason.length === 33, `half of a ban: ${name} ${reason}`)
    for (const name of open) {
      if (found.has(name)) { kept.set(name, found.get(name)); lifted.delete(name) } else { kept.delete(name); lifted.add(name) }
    }
    open.clear()
  }
  const writes = async () => {
    while (true) {
      const known = [...kept.keys()]
      const lift = known.length > 0 && Math.random() < 0.3
      const name = lift ? known[Math.floor(Math.random() * known.length)] : `P${number++}`
      if (open.has(name)) continue
      open.add(name)
      const reason = `r${String(Math.random()).slice(2).padEnd(32, '0').slice(0, 32)}`
      try {
        if (lift) await unban('username', name)
        else await ban('username', name, { reason })
      } catch {
        return
      }
      open.delete(name)
      if (lift) { kept.delete(name); lifted.add(name); counts.lifts++ } else { kept.set(name, reason); lifted.delete(name); counts.bans++ }
    }
  }
  await report.row('bans, kill -9', `${KILLS} times`, {
    'nothing lost, nothing half, nothing back': async () => {
      for (; counts.kills < KILLS && Date.now() < end; counts.kills++) {
        const proxy = await start(command, folder, {
          port, control, log: path.join(run, 'bans-kill.log')
        })
        await look()
        const writers = Array.from({ length: WRITERS }, writes)
        await sleep(20 + Math.random() * 400)
        proxy.child.kill('SIGKILL')
        await Promise.all([proxy.exited, ...writers])
      }
      const proxy = await start(command, folder, {
        port, control, log: path.join(run, 'bans-kill.log')
      })
      await look()
      await proxy.stop()
      return `${counts.kills} kills, ${counts.bans} bans, ${counts.lifts} lifted, ${kept.size} there`
    },
    'was asked often enough': async () => {
      assert.ok(counts.kills === KILLS, `only ${counts.kills} of ${KILLS} in ${KILL_SECONDS} s; E2E_KILL_SECONDS=... gives more time`)
      assert.ok(counts.bans > counts.kills, `only ${counts.bans} bans in ${counts.kills} kills`)
    },
    'the database is whole': async () => {
      const file = path.join(folder, 'infrarust.db')
      const check = 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchone()[0])'
      assert.equal(execFileSync('python3', ['-c', check, file], { encoding: 'utf8' }).trim(), 'ok')
    }
  })
}

module.exports = { keepsOut, survivesKills }
