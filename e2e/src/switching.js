'use strict'

// Players who change servers without a new login, for every version, in the modes that allow it, between servers whose
// compression is the same or not. A plugin that is here for the tests moves them (see ../switcher).

const assert = require('node:assert/strict')
const { randomBytes } = require('node:crypto')
const path = require('node:path')
const { startBackends } = require('./backend')
const { minestom } = require('./minestom')
const { Player } = require('./player')
const { freePort, sleep } = require('./processes')
const { INTERCEPTED } = require('./proxy')
const { playerName, protocolOf } = require('./versions')
const { startWithPlugin } = require('./with-plugin')

const KINDS = [['off', 'off'], ['on', 'on'], ['off', 'on'], ['on', 'off']]
const AT_ONCE = 4

/** Everybody goes from one server to another and back, is kicked, and is sent elsewhere instead of being kicked. */
async function changesServers (report, { versions, run }) {
  const wishes = name => versions.flatMap(version => ['off', 'on'].map(kind => `${version}:${kind}:0:${name}`))
  const [alpha, beta] = await Promise.all(['alpha', 'beta'].map(name => startBackends(wishes(name))))
  const pairs = INTERCEPTED.flatMap(mode => versions.flatMap(version => KINDS.map(([from, to]) => {
    const network = `${mode}-${version}-${from}-${to}`.replaceAll('.', '_')
    return { mode, version, from, to, network, ports: [alpha.ports[`${version}:${from}`], beta.ports[`${version}:${to}`]] }
  })))
  const { proxy, port, ask } = await startSwitchingProxy(path.join(run, 'switching'), pairs, path.join(run, 'switching.log'))
  try {
    const waiting = pairs.map(pair => () => goesThereAndBack(report, { ...pair, port, ask }))
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (waiting.length > 0) await waiting.shift()()
    }))
    await report.row('switch: end', 'proxy', {
      'no fault': async () => { assert.ok(!/ERROR|Exception/.test(proxy.output()), 'the log has a fault') },
      'stops when told': async () => { assert.notEqual(await proxy.stop(), 'SIGKILL') }
    })
  } finally {
    alpha.stop()
    beta.stop()
    await proxy.stop()
  }
}

async function goesThereAndBack (report, { mode, version, from, to, network, port, ask }) {
  const username = playerName(version, `S${mode[0]}${KINDS.findIndex(kind => kind[0] === from && kind[1] === to)}`)
  const [alpha, beta] = [`${network}-a`, `${network}-b`]
  const payload = randomBytes(protocolOf(version) < 47 ? 2_000 : 20_000)
  const join = async () => {
    const player = new Player({ version, port, host: `${network}.e2e.test`, username })
    await player.join()
    await player.hears('welcome to alpha')
    return player
  }
  const moves = async (player, server, name) => {
    player.heard = []
    assert.equal(await ask(`connect/${username}/${server}`), `Connected[server=${server}]`)
    await player.hears(`welcome to ${name}`)
    assert.equal(await ask(`where/${username}`), server)
  }
  const talks = async (player, word) => {
    player.say(word)
    await player.hears(`heard ${word}`)
    await player.echo(payload)
  }
  let player
  await report.row(`switch: ${mode}`, `${version}, compression ${from} to ${to}`, {
    join: async () => { player = await join(); await talks(player, 'one') },
    there: () => moves(player, beta, 'beta'),
    'chat, echo': () => talks(player, 'two'),
    back: () => moves(player, alpha, 'alpha'),
    'chat, echo again': () => talks(player, 'three'),
    kick: async () => {
      player.send('kick', 'now')
      const { how, reason } = await player.ends()
      assert.equal(how, 'kicked', reason)
      assert.ok(reason.includes(`kicked by ${version}`), reason)
    },
    redirect: async () => {
      player.abandon()
      await ask(`redirect/${alpha}/${beta}`)
      player = await join()
      player.heard = []
      player.send('kick', 'now')
      await player.hears('welcome to beta')
      await talks(player, 'four')
    },
    leave: () => player.leave()
  })
  player?.abandon()
}

/**
 * A client of the newest version that decodes every packet goes from one Minestom server to another.
 */
async function changesServersStrictly (report, { run }) {
  const servers = await Promise.all(['off', 'on'].map(async kind => {
    const port = await freePort()
    const log = path.join(run, `minestom-switch-${kind}.log`)
    const server = minestom('MinestomServer', [String(port), kind === 'on' ? '256' : '0'], { log })
    await server.listens(port)
    return port
  }))
  const pairs = [{ mode: 'offline', network: 'strict', ports: servers }]
  const { proxy, port, ask } = await startSwitchingProxy(path.join(run, 'strict-switching'), pairs, path.join(run, 'strict-switching.log'))
  const log = path.join(run, 'strict-switch.log')
  const wishes = ['hear:welcome to', 'chat', 'worlds:3', 'no-longer']
  const client = minestom('StrictClient', [String(port), 'strict.e2e.test', 'Strict', '60', ...wishes], { log })
  await report.row('switch: strict client, 26.2', 'there and back', {
    there: async () => {
      const deadline = Date.now() + 30_000
      while (await ask('where/Strict') !== 'strict-a') {
        assert.ok(Date.now() < deadline && !client.ending, `it does not join\n${client.output()}`)
        await sleep(50)
      }
      assert.equal(await ask('connect/Strict/strict-b'), 'Connected[server=strict-b]')
    },
    back: async () => { assert.equal(await ask('connect/Strict/strict-a'), 'Connected[server=strict-a]') },
    'no fault': async () => {
      const how = await client.exited
      assert.equal(how, 'exit code 0', client.output().slice(-2000))
    }
  })
  await client.stop()
  await proxy.stop()
}

// A proxy with two servers for each pair, and the plugin among its modules.
function startSwitchingProxy (folder, pairs, log) {
  const servers = Object.fromEntries(pairs.flatMap(({ mode, network, ports }) => ports.map((backend, index) => [`${network}-${'ab'[index]}`, [
    `network = "${network}"`,
    ...(index === 0 ? [`domains = ["${network}.e2e.test"]`] : []),
    `addresses = ["127.0.0.1:${backend}"]`,
    `proxy_mode = "${mode}"`
  ]])))
  return startWithPlugin('switcher', { folder, config: ['[rate_limit]', 'enabled = false'], servers, log })
}

module.exports = { changesServers, changesServersStrictly }
