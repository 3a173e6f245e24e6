'use strict'

// Who may come in, and as whom: the proxy behind and before a load balancer, its address filters and its limits.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const net = require('node:net')
const path = require('node:path')
const { motdOf } = require('./backend')
const haproxy = require('./haproxy')
const { Player, ping } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { MODES, launcher } = require('./proxy')
const { startSessionServer } = require('./session-server')
const { protocolOf, playerName } = require('./versions')

// Every address of 127.0.0.0/8 is this machine's, on Linux at least, so that clients can come from different ones.
const PLAYER = '127.0.0.9'
const BALANCER = '127.0.0.1'
const STRANGER = '127.0.0.66'
const BLOCKED = '127.0.0.13'
const KEPT_FROM_SERVER = '127.0.0.14'

const LOGINS = 3

// A proxy with these settings and servers, by their host names.
async function start (folder, { port, settings, servers, log }) {
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [`bind = "127.0.0.1:${port}"`, ...settings, ''].join('\n'))
  for (const [host, lines] of Object.entries(servers)) {
    const file = [`id = "${host}"`, `domains = ["${host}"]`, ...lines, '']
    fs.writeFileSync(path.join(folder, 'servers', `${host}.toml`), file.join('\n'))
  }
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
  await proxy.listens(port)
  return proxy
}

/**
 * A player comes through HAProxy, which says so in either form, and the proxy tells in either form HAProxy before the server,
 * which lets in nobody else. The session server knows the player only from the player's own address.
 */
async function behindHAProxy (report, { run, version, backend }) {
  const command = haproxy.find()
  if (!command) {
    await report.row('behind HAProxy', version, { 'every mode': async () => 'skipped: haproxy is not installed' })
    return
  }
  const host = (mode, form) => `${mode.replace('_', '-')}.${form}.door.e2e.test`
  const to = await freePort()
  const receiver = await freePort()
  const servers = Object.fromEntries(MODES.flatMap(mode => ['v1', 'v2'].map(form => [host(mode, form), [
    `addresses = ["127.0.0.1:${receiver}"]`,
    `proxy_mode = "${mode}"`,
    `send_proxy_protocol = "${form}"`
  ]])))
  const proxy = await start(path.join(run, 'balanced'), {
    port: to,
    settings: [
      'receive_proxy_protocol = "required"',
      `trusted_proxies = ["${BALANCER}"]`,
      '[auth]',
      `session_url = "${await startSessionServer({ from: PLAYER })}"`,
      'prevent_proxy_connections = true'
    ],
    servers,
    log: path.join(run, 'balanced.log')
  })
  const balancer = await haproxy.startHAProxy(command, { run, to, receiver, backend, only: PLAYER })
  for (const mode of MODES) {
    for (const form of ['v1', 'v2']) {
      const where = { version, port: balancer.front[form], host: host(mode, form), from: PLAYER }
      let player
      await report.row('behind HAProxy', `${mode}, ${form} in and out`, {
        ping: async () => {
          const status = await ping(where)
          assert.ok(JSON.stringify(status.description).includes(motdOf(version)), JSON.stringify(status.description))
        },
        join: async () => {
          player = new Player({ ...where, username: playerName(version, `H${form}`) })
          await player.join()
        },
        leave: () => player.leave()
      }, { independent: ['ping'] })
      player?.abandon()
    }
  }
  await report.row('behind HAProxy', 'another player', {
    'not let in': async () => {
      const player = new Player({ version, port: balancer.front.v2, host: host('offline', 'v2'), from: STRANGER, username: 'Other' })
      const { reason } = await player.ends()
      assert.match(reason, /currently unreachable/)
    }
  })
  await report.row('behind HAProxy', 'directly', {
    'no header': async () => assert.equal(await answerTo({ port: to, from: BALANCER, bytes: question(version, host('offline', 'v1')) }), ''),
    'a stranger\'s': async () => assert.equal(await answerTo({
      port: to,
      from: STRANGER,
      bytes: Buffer.concat([header(PLAYER), question(version, host('offline', 'v1'))])
    }), '')
  }, { independent: ['no header', 'a stranger\'s'] })
  await report.row('behind HAProxy', 'the log', {
    'no line each': async () => assert.doesNotMatch(proxy.output(), /WARN|ERROR/),
    'counts them': async () => {
      await proxy.stop()
      const line = proxy.output().split('\n').find(each => each.includes('Served')) ?? ''
      // HAProxy's health checks bring a header and nothing else, and are no fault.
      assert.match(line, /proxy header missing 1, proxy header untrusted 1\s*$/)
    }
  })
  await balancer.haproxy.stop()
}

/** Without a load balancer, or beside one: who is let in, how often, and who is believed. */
async function atTheDoor (report, { run, version, backend }) {
  const host = 'open.door.e2e.test'
  const closed = 'closed.door.e2e.test'
  const port = await freePort()
  const proxy = await start(path.join(run, 'door'), {
    port,
    settings: [
      'receive_proxy_protocol = "optional"',
      `trusted_proxies = ["${BALANCER}"]`,
      '[ip_filter]',
      `blacklist = ["${BLOCKED}"]`,
      '[rate_limit]',
      'enabled = true',
      `max_connections = ${LOGINS}`,
      'window = "1h"'
    ],
    servers: {
      [host]: [`addresses = ["127.0.0.1:${backend}"]`, 'proxy_mode = "offline"'],
      [closed]: [
        `addresses = ["127.0.0.1:${backend}"]`,
        'proxy_mode = "offline"',
        `ip_filter = { blacklist = ["${KEPT_FROM_SERVER}"] }`
      ]
    },
    log: path.join(run, 'door.log')
  })
  const asks = (from, bytes) => answerTo({ port, from, bytes: Buffer.concat(bytes) })
  const status = question(version, host)
  const seen = async answer => assert.ok((await answer).includes(motdOf(version)), 'no answer')
  const refused = async answer => assert.equal(await answer, '')
  const headers = {
    'no header': () => seen(asks(STRANGER, [status])),
    'a header of the balancer': () => seen(asks(BALANCER, [header(PLAYER), status])),
    'not of a stranger': () => refused(asks(STRANGER, [header(PLAYER), status])),
    'who is blocked': () => refused(asks(BALANCER, [header(BLOCKED), status]))
  }
  await report.row('at the door', 'PROXY header', headers, { independent: Object.keys(headers) })
  const filters = {
    blocked: () => refused(asks(BLOCKED, [status])),
    'of a server': () => refused(asks(KEPT_FROM_SERVER, [question(version, closed)])),
    'not of the other': () => seen(asks(KEPT_FROM_SERVER, [status])),
    'is told': async () => {
      const player = new Player({ version, port, host: closed, from: KEPT_FROM_SERVER, username: 'Filtered' })
      const { how, reason } = await player.ends()
      assert.equal(how, 'login refused', reason)
      assert.match(reason, /may not join this server/)
    }
  }
  await report.row('at the door', 'IP filter', filters, { independent: Object.keys(filters) })
  const joins = async (from, username) => {
    const player = new Player({ version, port, host, from, username })
    await player.join()
    await player.leave()
  }
  const limits = {
    [`${LOGINS} logins`]: async () => { for (let n = 0; n < LOGINS; n++) await joins(PLAYER, `Often${n}`) },
    'then a reason': async () => {
      const { how, reason } = await new Player({ version, port, host, from: PLAYER, username: 'Often' }).ends()
      assert.equal(how, 'login refused', reason)
      assert.match(reason, /too often/)
    },
    'then nothing': () => refused(asks(PLAYER, [question(version, host, 2)])),
    'others may': () => joins(STRANGER, 'Seldom')
  }
  await report.row('at the door', 'limit of logins', limits)
  await report.row('at the door', 'the log', {
    'no line each': async () => {
      const before = proxy.output().split('\n').length
      for (let n = 0; n < 200; n++) await refused(asks(BLOCKED, [status]))
      for (const bytes of [[], [header(PLAYER)], [status.subarray(0, 5)], [status]]) {
        for (let n = 0; n < 50; n++) await resets({ port, from: BALANCER, bytes: Buffer.concat(bytes) })
      }
      await sleep(500)
      const lines = proxy.output().split('\n').length - before
      assert.ok(lines <= 1, `${lines} lines for 200 refused connections and 200 that broke`)
    },
    'counts them': async () => {
      await proxy.stop()
      const line = proxy.output().split('\n').find(each => each.includes('Served')) ?? ''
      assert.match(line, /ip filter 20\d, login rate 2, proxy header untrusted 1\s*$/)
    }
  })
}

/** What comes back until the connection ends, or the first bytes of it. */
function answerTo ({ port, from, bytes }) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', localAddress: from }, () => socket.write(bytes))
    socket.setTimeout(10_000, () => socket.destroy(new Error('neither an answer nor an end within 10 s')))
    socket.once('data', data => { socket.destroy(); resolve(data.toString()) })
    socket.once('error', error => error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve('') : reject(error))
    socket.once('end', () => resolve(''))
  })
}

/** Connects, sends that, and breaks the connection as a crash or a health check does. */
function resets ({ port, from, bytes }) {
  return new Promise(resolve => {
    const socket = net.connect({ port, host: '127.0.0.1', localAddress: from }, () => {
      socket.write(bytes, () => socket.resetAndDestroy())
    })
    socket.once('error', () => {})
    socket.once('close', resolve)
  })
}

/** A line of the PROXY protocol. */
function header (client) {
  return Buffer.from(`PROXY TCP4 ${client} 127.0.0.1 4711 25565\r\n`)
}

/** A handshake, and the question for the status or the start of a login. */
function question (version, host, next = 1) {
  const varInt = value => value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varInt(value >>> 7)]
  const name = Buffer.from(host)
  const handshake = Buffer.from([0, ...varInt(protocolOf(version)), ...varInt(name.length), ...name, 0x63, 0xdd, next])
  return Buffer.from([...varInt(handshake.length), ...handshake, 1, 0])
}

module.exports = { behindHAProxy, atTheDoor }
