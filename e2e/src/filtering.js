'use strict'

// Codec filters, packet listeners and transport filters of a plugin that is here for the tests (see ../filterer), with players and servers of
// every version.

const assert = require('node:assert/strict')
const { randomBytes } = require('node:crypto')
const path = require('node:path')
const { startBackends } = require('./backend')
const { Player } = require('./player')
const { sleep } = require('./processes')
const { MODES, INTERCEPTED, domain } = require('./proxy')
const { playerName, protocolOf } = require('./versions')
const { startWithPlugin } = require('./with-plugin')

const AT_ONCE = 4
const MEBI = 1024 * 1024

/**
 * Everybody's words go through the filters, and connections are let in, rejected or counted by where they come from.
 *
 * @param {{versions: string[], newest: string, run: string}} where `newest`: the version of those who are only let in; `run`: a folder
 */
async function isFiltered (report, { versions, newest, run }) {
  const { ports, stop } = await startBackends([...new Set([...versions, newest])].flatMap(version => ['off', 'on'].map(kind => `${version}:${kind}`)))
  const { proxy, port, ask } = await startFilteringProxy(path.join(run, 'filtering'), ports, path.join(run, 'filtering.log'))
  try {
    const waiting = INTERCEPTED.flatMap(mode => versions.flatMap(version => ['off', 'on'].map(kind => () =>
      talks(report, { mode, version, kind, port }))))
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (waiting.length > 0) await waiting.shift()()
    }))
    for (const mode of MODES) await comesIn(report, { mode, version: newest, port, ask })
    await report.row('filters: end', 'proxy', {
      'no fault': async () => { assert.ok(!/ERROR|Exception|plugin .filterer.:/.test(proxy.output()), 'the log has a fault') },
      'no splice': async () => { assert.equal(proxy.output().split('a transport filter of a plugin wants the bytes').length, 2) },
      'stops when told': async () => { assert.notEqual(await proxy.stop(), 'SIGKILL') }
    })
  } finally {
    stop()
    await proxy.stop()
  }
}

async function talks (report, { mode, version, kind, port }) {
  const username = playerName(version, `F${mode[0]}${kind[1]}`)
  const player = new Player({ version, port, host: domain(mode, `${version}:${kind}`), username })
  const times = part => player.heard.filter(line => line.includes(part)).length
  await report.row(`filters: ${mode}`, `${version}, compression ${kind}`, {
    join: async () => {
      await player.join()
      await player.hears('welcome to')
    },
    pass: async () => { player.say('one'); await player.hears('heard one') },
    drop: async () => {
      player.say('swallow me')
      player.say('two')
      await player.hears('heard two')
      assert.equal(times('swallow'), 0)
    },
    replace: async () => { player.say('change me'); await player.hears('heard changed') },
    "server's drop": async () => {
      player.say('hush')
      player.say('three')
      await player.hears('heard three')
      assert.equal(times('hush'), 0)
    },
    inject: async () => {
      player.say('twice')
      player.say('four')
      await player.hears('heard four')
      assert.equal(times('heard twice'), 2)
    },
    later: async () => {
      player.say('wait')
      player.say('five')
      await player.hears('heard five')
      const order = player.heard.filter(line => /wait|five/.test(line)).map(line => /wait/.test(line))
      assert.deepEqual(order, [true, false])
    },
    '1 MiB': () => player.echo(randomBytes(protocolOf(version) < 47 ? 30_000 : MEBI)),
    leave: () => player.leave()
  })
  player.abandon()
}

async function comesIn (report, { mode, version, port, ask }) {
  const join = async (from, letter) => {
    const player = new Player({ version, port, host: domain(mode, `${version}:on`), username: playerName(version, letter), from })
    return player
  }
  const isRejected = async from => {
    const player = await join(from, 'R')
    const { how } = await player.ends()
    assert.ok(how === 'connection closed' || how === 'error', how)
    player.abandon()
  }
  const counted = async () => (await ask('bytes')).split(' ').map(Number)
  await report.row('transport filters', `${mode}, ${version}`, {
    rejected: () => isRejected('127.0.0.9'),
    'rejected later': () => isRejected('127.0.0.7'),
    'let in': async () => {
      const player = await join('127.0.0.6', 'L')
      await player.join()
      await player.leave()
    },
    counted: async () => {
      const [received, sent, ended] = await counted()
      const player = await join('127.0.0.8', 'C')
      await player.join()
      await player.echo(randomBytes(MEBI))
      await player.leave()
      const deadline = Date.now() + 10_000
      let now = await counted()
      while (now[2] === ended && Date.now() < deadline) {
        await sleep(50)
        now = await counted()
      }
      assert.ok(now[0] - received > MEBI && now[1] - sent > MEBI, `${now}`)
      assert.equal(now[2], ended + 1)
    }
  }, { independent: ['rejected', 'rejected later', 'let in', 'counted'] })
}

// A proxy that leads to every server in every mode, and the plugin among its modules.
function startFilteringProxy (folder, backends, log) {
  const servers = Object.fromEntries(MODES.flatMap(mode => Object.entries(backends).map(([backend, port]) => [domain(mode, backend), [
    `domains = ["${domain(mode, backend)}"]`,
    `addresses = ["127.0.0.1:${port}"]`,
    `proxy_mode = "${mode}"`
  ]])))
  return startWithPlugin('filterer', { folder, config: ['[rate_limit]', 'enabled = false'], servers, log })
}

module.exports = { isFiltered }
