'use strict'

// Who players are behind the proxy: what servers with each kind of forwarding are told, what happens when proxy and server
// do not agree, and what `check SERVER` says about it. Clients come from an address of their own, so that it shows whose
// address arrives.

const assert = require('node:assert/strict')
const crypto = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { Player } = require('./player')
const { minestom } = require('./minestom')
const { Process, freePort, tail } = require('./processes')
const { launcher } = require('./proxy')
const { profileOf, startSessionServer } = require('./session-server')
const { newest, playerName } = require('./versions')

const SECRET = 'the secret of the tests'
const FROM = '127.0.0.9'

/** Minestom's kinds of authentication, by the name of the server. */
const SERVERS = {
  plain: 'offline',
  online: 'online',
  bungee: 'bungee',
  guard: `guard:${SECRET}`,
  velocity: `velocity:${SECRET}`,
  stranger: 'velocity:another secret'
}

/** The servers of the proxy that agree with their server: `forwarding_mode server`. */
const AGREED = ['bungee_cord bungee', 'bungee_guard guard', 'velocity velocity']

/** Where proxy and server do not agree: what the player reads, what the log says, what `check` makes of it. */
const MISTAKEN = {
  'velocity stranger': ['Invalid proxy response', "does not accept the proxy's secret"],
  'velocity plain': ['it does not ask the proxy who you are', 'lets players in without asking for Velocity'],
  'bungee_cord vanilla': ['it does not take over', 'does not read the forwarded identity'],
  'bungee_cord guard': ['connect through the BungeeCord proxy', 'wants a BungeeGuard token'],
  'bungee_guard velocity': ['not set up to tell it', 'asks for Velocity forwarding, which is not its forwarding_mode'],
  'none velocity': ['not set up to tell it', 'asks for Velocity forwarding, which is not its forwarding_mode'],
  'none bungee': ['connect through the BungeeCord proxy', 'wants BungeeCord forwarding'],
  'velocity online': ['wants to verify your account', 'wants to verify accounts itself']
}

async function isIntroduced (report, { versions, ports, run }) {
  const folder = path.join(run, 'forwarding')
  const servers = { ...await startServers(run), vanilla: ports[`${newest}:off`] }
  const bungees = Object.fromEntries(versions.map(version => [`bungee_cord ${version}`, ports[`${version}:bungee`]]))
  const { proxy, port } = await startProxy(folder, servers, bungees, path.join(run, 'forwarding.log'))
  await saysWhatItForwards(report, folder, proxy)
  await saysWhoIsThere(report, { port, run, versions })
  await disagrees(report, { port, run, proxy })
  await isAskedStraight(report, { servers, run })
  await checks(report, { folder, run })
  await proxy.stop()
}

async function startServers (run) {
  const servers = await Promise.all(Object.entries(SERVERS).map(async ([name, auth]) => {
    const port = await freePort()
    const server = minestom('MinestomServer', [String(port), '256', auth], { log: path.join(run, `minestom-${name}.log`) })
    await server.listens(port)
    return [name, port]
  }))
  return Object.fromEntries(servers)
}

function idOf (mode, pair) {
  return `${mode}.${pair}`.replaceAll(/[ _]/g, '-')
}

function hostOf (mode, pair) {
  return `${idOf(mode, pair)}.e2e.test`
}

async function startProxy (folder, servers, bungees, log) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'forwarding.secret'), `${SECRET}\n`, { mode: 0o600 }) // with a line end, as editors do
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    '[forwarding]',
    'mode = "velocity"',
    ''
  ].join('\n'))
  const server = (mode, pair, to) => fs.writeFileSync(path.join(folder, 'servers', `${idOf(mode, pair)}.toml`), [
    `domains = ["${hostOf(mode, pair)}"]`,
    `addresses = ["127.0.0.1:${to}"]`,
    `proxy_mode = "${mode}"`,
    // The proxy's own mode is inherited where it is the same.
    pair.startsWith('velocity') ? '' : `forwarding_mode = "${pair.split(' ')[0]}"`,
    ''
  ].join('\n'))
  for (const mode of ['client_only', 'offline']) {
    for (const pair of [...AGREED, ...Object.keys(MISTAKEN)]) server(mode, pair, servers[pair.split(' ')[1]])
    for (const [pair, to] of Object.entries(bungees)) server(mode, pair, to)
  }
  server('client_only', 'none nowhere', await freePort())
  const proxy = new Process(launcher, [], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

function fingerprint () {
  return crypto.createHash('sha256').update(SECRET).digest('hex').slice(0, 8)
}

async function saysWhatItForwards (report, folder, proxy) {
  await report.row('forwarding, at the start', 'log', {
    fingerprint: async () => {
      await proxy.says('Ready on')
      assert.ok(proxy.output().includes(`fingerprint ${fingerprint()}`), tail(proxy.output()))
      return fingerprint()
    },
    'no secret': async () => assert.ok(!proxy.output().includes(SECRET))
  })
  await report.row('forwarding, at the start', 'secret file', {
    'made when missing, 0600': async () => {
      const fresh = `${folder}-fresh`
      fs.mkdirSync(path.join(fresh, 'servers'), { recursive: true })
      fs.writeFileSync(path.join(fresh, 'servers/a.toml'), 'addresses = ["127.0.0.1:1"]\nproxy_mode = "offline"\nforwarding_mode = "velocity"\n')
      const once = new Process(launcher, ['--exit-after-start'], { cwd: fresh, log: `${fresh}.log` })
      assert.equal(await once.exited, 'exit code 0', tail(once.output()))
      const file = path.join(fresh, 'forwarding.secret')
      assert.equal(fs.statSync(file).mode & 0o777, 0o600)
      assert.match(fs.readFileSync(file, 'utf8'), /^[A-Za-z0-9]{32}\n$/)
    }
  })
}

function dashed (id) {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

// As vanilla servers compute it in offline mode.
function offlineUuid (name) {
  const digest = crypto.createHash('md5').update(`OfflinePlayer:${name}`).digest()
  digest[6] = (digest[6] & 0x0f) | 0x30
  digest[8] = (digest[8] & 0x3f) | 0x80
  return dashed(digest.toString('hex'))
}

// What a server that has been told everything says to a player.
function known (mode, name) {
  const verified = mode === 'client_only'
  const uuid = verified ? dashed(profileOf(name).id) : offlineUuid(name)
  const properties = verified ? profileOf(name).properties.map(({ name, value, signature }) => `${name}=${value}/${signature}`) : []
  return `known as ${name} ${uuid} from ${FROM} with [${properties.join(',')}`
}

async function saysWhoIsThere (report, { port, run, versions }) {
  for (const mode of ['client_only', 'offline']) {
    for (const pair of AGREED) {
      const name = `Fwd_${mode.slice(0, 1)}_${pair.split(' ')[1]}`.slice(0, 16)
      await report.row(`forwarding, ${mode}`, `26.2, ${pair.split(' ')[0]}`, {
        'uuid, textures, address': () => strict(run, `${mode}-${pair}`, port, hostOf(mode, pair), name, [
          `from:${FROM}`,
          ...(mode === 'client_only' ? ['encrypted'] : []),
          `hear:${known(mode, name)}`,
          'chat'
        ])
      })
    }
    for (const version of versions) {
      const username = playerName(version, mode === 'client_only' ? 'C' : 'O')
      const host = hostOf(mode, `bungee_cord ${version}`)
      const player = new Player({ version, port, host, username, from: FROM })
      const modded = new Player({ version, port, host: `${host}\0FML2\0`, username: `${username}f`, from: FROM })
      await report.row(`forwarding, ${mode}`, `${version}, bungee_cord`, {
        'uuid, textures, address': async () => { await player.hears(known(mode, username)) },
        'marker of mods': async () => { await modded.hears('extraData=<1>FML2<1>/') }
      })
      for (const each of [player, modded]) each.abandon()
    }
  }
}

async function disagrees (report, { port, run, proxy }) {
  const group = 'forwarding, not agreed'
  for (const [pair, [toThePlayer, inTheLog]] of Object.entries(MISTAKEN)) {
    const host = hostOf('client_only', pair)
    const attempt = number => pair.endsWith('vanilla')
      ? refused({ version: newest, port, host, username: `Mis_${number}`, from: FROM }, toThePlayer)
      : strict(run, `mistaken-${pair}-${number}`, port, host, `Mis_${number}`, [`from:${FROM}`, 'encrypted', `refused:${toThePlayer}`])
    await report.row(group, pair.replace(' ', ', server '), {
      'player reads why': async () => { await attempt(1); await attempt(2) },
      'one line in the log': async () => {
        const lines = proxy.output().split('\n')
          .filter(line => line.includes(`The server ${idOf('client_only', pair)} `))
        assert.equal(lines.length, 1, JSON.stringify(lines))
        assert.ok(lines[0].includes(inTheLog), lines[0])
        assert.ok(!lines[0].includes(SECRET))
      }
    })
  }
}

async function refused (options, words) {
  const player = new Player(options)
  const { how, reason } = await player.ends()
  player.abandon()
  assert.equal(how, 'login refused', reason)
  assert.ok(reason.includes(words), reason)
}

// That the servers mean it: who comes without the proxy is not let in.
async function isAskedStraight (report, { servers, run }) {
  for (const [name, words] of [['velocity', 'Invalid proxy response'], ['guard', 'connect through the BungeeCord proxy']]) {
    await report.row('forwarding, without the proxy', `server ${name}`, {
      'is kept out': async () => { await strict(run, `straight-${name}`, servers[name], 'localhost', 'Straight', [`refused:${words}`]) }
    })
  }
}

async function checks (report, { folder, run }) {
  const check = async id => {
    const process = new Process(launcher, ['check', id], { cwd: folder, log: path.join(run, `check-${id}.log`) })
    const how = await process.exited
    return { how, said: process.output() }
  }
  const row = (name, id, code, words) => report.row('check SERVER', name, {
    [`exit code, words`]: async () => {
      const { how, said } = await check(id)
      assert.equal(how, `exit code ${code}`, said)
      for (const word of words) assert.ok(said.includes(word), `"${word}" is not in\n${said}`)
      assert.ok(!said.includes(SECRET), said)
      return String(code)
    }
  })
  for (const pair of AGREED) {
    const [mode] = pair.split(' ')
    await row(pair.replace(' ', ', server '), idOf('client_only', pair), 0, [
      'lets the player in, as told',
      mode === 'bungee_cord' ? 'nothing is signed' : 'another secret is not accepted',
      'players can join'
    ])
  }
  for (const [pair, [, cause]] of Object.entries(MISTAKEN)) {
    await row(pair.replace(' ', ', server '), idOf('client_only', pair), 4, ['problem', cause, 'to do'])
  }
  await row('server that is not there', idOf('client_only', 'none nowhere'), 3, ['there is no connection'])
  await row('server that nobody knows', 'nobody', 2, ['there is no server "nobody"'])
}

// A client that minds every byte, for the newest version.
async function strict (run, name, port, host, username, wishes) {
  const log = path.join(run, `strict-${name.replaceAll(/[ ,]+/g, '-')}.log`)
  const client = minestom('StrictClient', [String(port), host, username, '20', ...wishes, 'no-longer'], { log })
  const how = await client.exited
  const faults = client.output().split('\n').filter(line => line.startsWith('FAULT '))
  if (how !== 'exit code 0') throw new Error(faults.slice(0, 3).join('; ') || tail(client.output()))
}

module.exports = { isIntroduced }
