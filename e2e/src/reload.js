'use strict'

// Configurations that change while players are connected, and the end of the proxy: what those who are there notice of it.

const assert = require('node:assert/strict')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { execFileSync } = require('node:child_process')
const { motdOf } = require('./backend')
const { Player, ping } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { launcher } = require('./proxy')

const OLD = '1.20.4' // knows no transfers
const RELOADS = 10
const NOTICED_MILLIS = 10_000

/**
 * Players stay while the files change by rename and by Kubernetes' links; new routes work at once; a broken file changes nothing.
 *
 * @param {{run: string, version: string, backends: Object<string, number>}} where `backends`: ports of servers by version
 */
async function changesItsConfiguration (report, { run, version, backends }) {
  const folder = path.join(run, 'reload')
  const { proxy, port } = await start(folder, path.join(run, 'reload.log'), ['[permissions]', 'player_commands = ["server"]'], {
    lobby: server('lobby.e2e.test', backends[version], 'network = "main"'),
    relay: server('relay.e2e.test', backends[OLD]).replace('offline', 'passthrough')
  })
  const player = new Player({ version, port, host: 'lobby.e2e.test', username: 'Resident' })
  const relayed = new Player({ version: OLD, port, host: 'relay.e2e.test', username: 'Relayed' })
  const answers = host => ping({ version, port, host }).then(status => JSON.stringify(status).includes(motdOf(version)), () => false)
  const noticed = async (host, expected = true) => {
    const deadline = Date.now() + NOTICED_MILLIS
    while (await answers(host) !== expected) {
      assert.ok(Date.now() < deadline, `${host} ${expected ? 'does not answer' : 'still answers'}`)
      await sleep(50)
    }
  }
  const talks = async word => {
    for (const each of [player, relayed]) {
      each.say(word)
      await each.hears(`heard ${word}`)
    }
  }
  const lines = text => proxy.output().split('\n').filter(line => line.includes(text)).length
  await report.row('reload', version, {
    join: async () => { await Promise.all([player.join(), relayed.join()]); await talks('here') },
    [`${RELOADS} renames`]: async () => {
      for (let i = 1; i <= RELOADS; i++) {
        save(folder, 'games', server(`rename-${i}.e2e.test`, backends[version], 'network = "main"'))
        await noticed(`rename-${i}.e2e.test`)
        if (i > 1) assert.equal(await answers(`rename-${i - 1}.e2e.test`), false)
        await talks(`rename ${i}`)
      }
    },
    [`${RELOADS} links`]: async () => {
      for (let i = 1; i <= RELOADS; i++) {
        turnOver(folder, i, server(`link-${i}.e2e.test`, backends[version]))
        await noticed(`link-${i}.e2e.test`)
        await talks(`link ${i}`)
      }
    },
    'a line each': async () => {
      assert.equal(lines('Configuration changed: added games'), 1)
      assert.equal(lines('Configuration changed: updated games (domains)'), RELOADS - 1)
      assert.equal(lines('Configuration changed: updated mounted (domains)'), RELOADS - 1)
    },
    'a broken file': async () => {
      save(folder, 'broken', 'domains = ["broken.e2e.test"]\nadresses = []\n')
      save(folder, 'more', server('more.e2e.test', backends[version]))
      await proxy.says('the last good one stays', NOTICED_MILLIS)
      assert.match(proxy.output(), /broken\.toml:2: unknown key `adresses`; did you mean `addresses`\?/)
      assert.equal(await answers('more.e2e.test'), false)
      assert.equal(await answers(`rename-${RELOADS}.e2e.test`), true)
      await talks('still here')
    },
    mended: async () => {
      fs.unlinkSync(path.join(folder, 'servers/broken.toml'))
      await noticed('more.e2e.test')
      assert.equal(lines('the last good one stays'), 1)
    },
    'a new server': async () => {
      player.heard = []
      player.say('/ir server games')
      await player.hears('You are on games now')
      await talks('over there')
    },
    'a server goes': async () => {
      for (const name of ['games', 'relay']) fs.unlinkSync(path.join(folder, `servers/${name}.toml`))
      await noticed(`rename-${RELOADS}.e2e.test`, false)
      await talks('and stay')
    },
    leave: async () => { await player.leave(); await relayed.leave() },
    'no fault': async () => { assert.ok(!/Exception/.test(proxy.output()), 'the log has a fault') },
    'stops when told': async () => { assert.equal(await proxy.stop(), 'exit code 0') }
  })
  player.abandon()
  relayed.abandon()
  await proxy.stop()
}

/** When the proxy is told to end, players read why, or are sent to another proxy where their client can be. */
async function takesLeave (report, { run, version, backends }) {
  const peer = await freePort()
  const { proxy, port } = await start(path.join(run, 'leave'), path.join(run, 'leave.log'), [
    '[shutdown]', 'message = "We close soon"', 'disconnect_message = "We have closed"', 'drain_timeout = "2s"',
    `transfer_to = "127.0.0.1:${peer}"`
  ], {
    old: server('old.e2e.test', backends[OLD]),
    new: server('new.e2e.test', backends[version])
  })
  const old = new Player({ version: OLD, port, host: 'old.e2e.test', username: 'Old' })
  const young = new Player({ version, port, host: 'new.e2e.test', username: 'Young' })
  let sentTo
  young.client.on('transfer', packet => { sentTo = `${packet.host}:${packet.port}`; young.client.end('transferred') })
  await report.row('reload: end', 'SIGTERM', {
    join: async () => { await Promise.all([old, young].map(async each => { await each.join(); await each.hears('welcome to') })) },
    'told first': async () => {
      proxy.child.kill('SIGTERM')
      await old.hears('We close soon')
    },
    transferred: async () => {
      await young.ends()
      assert.equal(sentTo, `127.0.0.1:${peer}`)
    },
    'then sent away': async () => {
      const { how, reason } = await old.ends()
      assert.equal(how, 'kicked', reason)
      assert.ok(reason.includes('We have closed'), reason)
    },
    'exit code 0': async () => { assert.equal(await proxy.exited, 'exit code 0') }
  }, { independent: ['transferred'] })
  old.abandon()
  young.abandon()
  await proxy.stop()
}

/**
 * The process is killed at any moment while its files change and are read: it comes back with a good configuration, and has
 * touched none of the files.
 *
 * @param {{run: string, version: string, backend: number, times: number}} where `backend`: the port of a server
 */
async function isKilled (report, { run, version, backend, times }) {
  const folder = path.join(run, 'reload-kill')
  const log = path.join(run, 'reload-kill.log')
  const first = await start(folder, log, [], { lobby: server('lobby.e2e.test', backend) })
  await first.proxy.stop()
  const { port } = first
  const written = new Map()
  const write = (name, text) => { written.set(name, text); save(folder, name, text) }
  const untouched = () => {
    for (const [name, text] of written) {
      assert.equal(fs.readFileSync(path.join(folder, 'servers', `${name}.toml`), 'utf8'), text)
    }
  }
  const names = digest => createHash('sha256').update(String(digest)).digest('hex').slice(0, 8)
  let kills = 0
  let changes = 0
  await report.row('reload: kill -9', `${times} times`, {
    'comes back': async () => {
      for (; kills < times; kills++) {
        const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
        await proxy.listens(port)
        const end = Date.now() + Math.random() * 900 // a change is read after 300 ms of quiet
        while (Date.now() < end) {
          changes++
          // Now and then a broken one, and always more than one file at a time.
          write('games', changes % 7 === 3 ? 'addresses = [' : server(`g${names(changes)}.e2e.test`, backend))
          write('more', server(`m${names(changes)}.e2e.test`, backend))
          await sleep(Math.random() < 0.5 ? 5 : 350)
        }
        proxy.child.kill('SIGKILL')
        await proxy.exited
        untouched()
        write('games', server(`g${names(kills)}.e2e.test`, backend)) // a start needs a good one
      }
      return `${kills} kills, ${changes} changes`
    },
    'and serves': async () => {
      assert.match(execFileSync(launcher, ['check', '-c', 'infrarust.toml'], { cwd: folder, encoding: 'utf8' }), /the configuration is good/)
      const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
      await proxy.listens(port)
      const status = await ping({ version, port, host: `g${names(times - 1)}.e2e.test` })
      assert.ok(JSON.stringify(status).includes(motdOf(version)))
      assert.equal(await proxy.stop(), 'exit code 0')
      untouched()
      assert.deepEqual(fs.readdirSync(path.join(folder, 'servers')).sort(), ['games.toml', 'lobby.toml', 'more.toml'])
    }
  })
}

function server (domain, port, ...more) {
  return [`domains = ["${domain}"]`, `addresses = ["127.0.0.1:${port}"]`, 'proxy_mode = "offline"', ...more, ''].join('\n')
}

// As editors save: beside it, then in its place.
function save (folder, name, text) {
  const file = path.join(folder, 'servers', `${name}.toml`)
  fs.writeFileSync(`${file}~`, text)
  fs.renameSync(`${file}~`, file)
}

// As Kubernetes changes the files of a ConfigMap.
function turnOver (folder, turn, text) {
  const servers = path.join(folder, 'servers')
  fs.mkdirSync(path.join(servers, `..${turn}`))
  fs.writeFileSync(path.join(servers, `..${turn}`, 'mounted.toml'), text)
  fs.symlinkSync(`..${turn}`, path.join(servers, '..data_tmp'))
  fs.renameSync(path.join(servers, '..data_tmp'), path.join(servers, '..data'))
  if (turn === 1) fs.symlinkSync('..data/mounted.toml', path.join(servers, 'mounted.toml'))
  else fs.rmSync(path.join(servers, `..${turn - 1}`), { recursive: true })
}

async function start (folder, log, lines, servers) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`, 'status_cache.ttl = "0s"', ...lines, ''
  ].join('\n'))
  for (const [name, text] of Object.entries(servers)) save(folder, name, text)
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

module.exports = { OLD, changesItsConfiguration, takesLeave, isKilled }
