'use strict'

// Which events plugins see of players and connections, in which order, in every mode. A plugin that is here for the tests
// writes them down, and says no where it is asked to (see ../recorder).

const assert = require('node:assert/strict')
const net = require('node:net')
const path = require('node:path')
const { startBackends } = require('./backend')
const { Player, ping } = require('./player')
const { sleep } = require('./processes')
const { MODES, INTERCEPTED } = require('./proxy')
const { newest, playerName } = require('./versions')
const { startWithPlugin } = require('./with-plugin')

const AT_ONCE = 4
// Where a plugin may say no, in the order in which it is asked, and whether the player is on the list by then.
const DOORS = ['handshake', 'pre-login', 'game-profile-request', 'login', 'choose-initial-server', 'server-pre-connect']
const LISTED = ['choose-initial-server', 'server-pre-connect']

/** Everybody joins, leaves, is turned away at each door, is moved, kicked, and waits in the limbo. */
async function areSeen (report, { versions, run }) {
  const tested = [...new Set([...versions, newest])]
  const [alpha, beta] = await Promise.all(['alpha', 'beta'].map(name =>
    startBackends(tested.map(version => `${version}:on:0:${name}`))))
  const { proxy, port, ask } = await startRecordingProxy(path.join(run, 'events'), tested, [alpha.ports, beta.ports], path.join(run, 'events.log'))
  try {
    const waiting = [
      ...MODES.flatMap(mode => tested.map(version => () => joinsAndLeaves(report, { mode, version, port, ask }))),
      ...MODES.flatMap(mode => DOORS.map((door, index) => () => isTurnedAway(report, { mode, door, index, port, ask }))),
      ...INTERCEPTED.flatMap(mode => tested.map(version => () => moves(report, { mode, version, port, ask }))),
      () => isNotVerified(report, { port, ask }),
      () => waitsInLimbo(report, { port, ask }),
      ...MODES.map(mode => () => pings(report, { mode, port, ask })),
      () => pingsWithoutHost(report, { port, ask })
    ]
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (waiting.length > 0) await waiting.shift()()
    }))
    await report.row('events: end', 'proxy', {
      'no fault': async () => { assert.ok(!/ERROR|Exception/.test(proxy.output()), 'the log has a fault') },
      'stops when told': async () => { assert.notEqual(await proxy.stop(), 'SIGKILL') }
    })
  } finally {
    alpha.stop()
    beta.stop()
    await proxy.stop()
  }
}

/** What is seen of a player until it is in the world of that server. */
function arrival (mode, server) {
  const spoken = INTERCEPTED.includes(mode)
  return [
    'handshake LOGIN',
    'pre-login',
    ...(spoken ? [`game-profile-request ${mode === 'client_only'}`] : []),
    'login',
    'post-login',
    `choose-initial-server ${server}`,
    `server-pre-connect ${server} INITIAL`,
    ...(spoken ? [`server-connected ${server}`, `server-post-connect ${server}`] : [])
  ]
}

async function joins ({ mode, version, port, username }) {
  const player = new Player({ version, port, host: host(mode, version, username), username })
  await player.join()
  await player.hears('welcome to alpha')
  return player
}

async function joinsAndLeaves (report, { mode, version, port, ask }) {
  const username = playerName(version, `Ej${MODES.indexOf(mode)}`)
  const server = id(mode, version, 'a')
  let player
  await report.row(`events: ${mode}`, version, {
    join: async () => { player = await joins({ mode, version, port, username }) },
    seen: () => sees(ask, username, arrival(mode, server)),
    leave: () => player.leave(),
    'leave seen': () => sees(ask, username, [...arrival(mode, server), /^disconnect (CLIENT_QUIT|BACKEND_CLOSED)$/])
  })
  player?.abandon()
}

async function isTurnedAway (report, { mode, door, index, port, ask }) {
  if (door === 'game-profile-request' && !INTERCEPTED.includes(mode)) return
  const version = newest
  const username = `Ed${MODES.indexOf(mode)}_${index}`
  const all = arrival(mode, id(mode, version, 'a'))
  const until = all.slice(0, all.findIndex(event => event.startsWith(door)) + 1)
  const end = LISTED.includes(door) ? 'disconnect KICKED' : 'rejected PLUGIN'
  const player = { now: undefined }
  await report.row(`events: denied at ${door}`, mode, {
    refused: async () => {
      await ask(`deny/${username}/${door}`)
      player.now = new Player({ version, port, host: host(mode, version, username), username })
      const { how, reason } = await player.now.ends()
      assert.equal(how, 'login refused', reason)
      assert.ok(reason.includes('denied by the recorder'), reason)
    },
    seen: () => sees(ask, username, [...until, end])
  })
  player.now?.abandon()
}

async function moves (report, { mode, version, port, ask }) {
  const username = playerName(version, `Em${MODES.indexOf(mode)}`)
  const [alpha, beta] = [id(mode, version, 'a'), id(mode, version, 'b')]
  const so = [...arrival(mode, alpha)]
  const further = async (...events) => { so.push(...events); await sees(ask, username, so) }
  let player
  await report.row(`events: moved and kicked, ${mode}`, version, {
    join: async () => { player = await joins({ mode, version, port, username }) },
    switch: async () => {
      player.heard = []
      assert.equal(await ask(`connect/${username}/${beta}`), `Connected[server=${beta}]`)
      await player.hears('welcome to beta')
      await further(`server-pre-connect ${beta} SWITCH`, `server-connected ${beta}`, `server-post-connect ${beta}`)
    },
    kick: async () => {
      player.send('kick', 'now')
      await player.ends()
      player.abandon()
      await further(`kicked-from-server ${beta} PLAY_DISCONNECT`, 'disconnect BACKEND_CLOSED')
    },
    'kick by a plugin': async () => {
      player = await joins({ mode, version, port, username })
      await further(...arrival(mode, alpha))
      await ask(`kick/${username}`)
      const { reason } = await player.ends()
      assert.ok(reason.includes('kicked by the recorder'), reason)
      await further('disconnect KICKED')
    }
  })
  player?.abandon()
}

async function isNotVerified (report, { port, ask }) {
  const username = 'Stranger_E'
  const player = new Player({ version: newest, port, host: host('client_only', newest, username), username })
  await report.row('events: not verified', 'client_only', {
    refused: async () => { assert.equal((await player.ends()).how, 'login refused') },
    seen: () => sees(ask, username, ['handshake LOGIN', 'pre-login', 'online-auth-failed NOT_JOINED'])
  })
  player.abandon()
}

async function waitsInLimbo (report, { port, ask }) {
  const username = 'El'
  const mode = 'offline'
  const alpha = id(mode, newest, 'a')
  const so = [...arrival(mode, alpha)]
  const further = async (...events) => { so.push(...events); await sees(ask, username, so) }
  let player
  await report.row('events: limbo', newest, {
    join: async () => { player = await joins({ mode, version: newest, port, username }) },
    enter: async () => {
      assert.equal(await ask(`connect/${username}/$limbo`), 'Connected[server=$limbo]')
      await further('limbo-enter')
    },
    leave: async () => {
      player.heard = []
      assert.equal(await ask(`connect/${username}/${alpha}`), `Connected[server=${alpha}]`)
      await player.hears('welcome to alpha')
      await further(`server-pre-connect ${alpha} LIMBO_EXIT`, 'limbo-exit REDIRECTED', `server-connected ${alpha}`, `server-post-connect ${alpha}`)
    },
    'quit there': async () => {
      await ask(`connect/${username}/$limbo`)
      await player.leave()
      await further('limbo-enter', 'limbo-exit DISCONNECTED', 'disconnect CLIENT_QUIT')
    }
  })
  player?.abandon()
}

async function pings (report, { mode, port, ask }) {
  const name = `ping-${mode.replace('_', '-')}`
  await report.row('events: ping', mode, {
    changed: async () => {
      const status = await ping({ version: newest, port, host: host(mode, newest, name) })
      assert.ok(JSON.stringify(status.description).includes('seen by the recorder'), JSON.stringify(status))
      assert.equal(status.players.max, 4711)
    },
    seen: () => sees(ask, name, ['handshake STATUS', `ping ${id(mode, newest, 'a')}`])
  })
}

/** A ping of before 1.7, which says no host. */
async function pingsWithoutHost (report, { port }) {
  await report.row('events: ping', 'before 1.7', {
    changed: async () => {
      const answer = await new Promise((resolve, reject) => {
        const read = []
        const socket = net.connect({ port, host: '127.0.0.1' }, () => socket.write(Buffer.from([0xFE, 0x01])))
        socket.on('data', bytes => read.push(bytes))
        socket.on('end', () => { socket.end(); resolve(Buffer.concat(read)) })
        socket.on('error', reject)
      })
      const fields = answer.subarray(3).swap16().toString('utf16le').split('\0')
      assert.equal(fields[3], 'seen by the recorder')
      assert.equal(fields[5], '4711')
    }
  })
}

/** Waits until these events have been written down, and no others. */
async function sees (ask, player, expected) {
  const matches = (seen, wanted) => wanted instanceof RegExp ? wanted.test(seen) : seen === wanted
  const deadline = Date.now() + 10_000
  while (true) {
    const seen = (await ask(`heard/${player}`)).split('\n').filter(line => line !== '')
    if (seen.length === expected.length && seen.every((event, index) => matches(event, expected[index]))) return
    if (Date.now() > deadline || seen.some((event, index) => index < expected.length && !matches(event, expected[index]))) {
      throw new Error(`seen: ${seen.join(', ')}; expected: ${expected.join(', ')}`)
    }
    await sleep(20)
  }
}

function id (mode, version, which) {
  return `${mode}-${version}-${which}`.replaceAll('.', '_')
}

// The first label is for the recorder, which knows no name before the login.
function host (mode, version, player) {
  return `${player.toLowerCase()}.${mode.replace('_', '-')}.v${version.replaceAll('.', '-')}.e2e.test`
}

// A proxy with two servers for each mode and version, and the plugin among its modules.
function startRecordingProxy (folder, versions, ports, log) {
  const servers = {}
  for (const mode of MODES) {
    const spoken = INTERCEPTED.includes(mode)
    for (const version of versions) {
      ports.slice(0, spoken ? 2 : 1).forEach((those, index) => { // nobody could go to the other one
        servers[id(mode, version, 'ab'[index])] = [
          ...(spoken ? [`network = "${id(mode, version, 'network')}"`] : []),
          ...(index === 0 ? [`domains = ["*${host(mode, version, '')}"]`] : []),
          `addresses = ["127.0.0.1:${those[`${version}:on`]}"]`,
          `proxy_mode = "${mode}"`
        ]
      })
    }
  }
  return startWithPlugin('recorder', { folder, config: ['[rate_limit]', 'enabled = false'], servers, log })
}

module.exports = { areSeen }
