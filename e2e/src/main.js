'use strict'

// Runs everything in order and says how it went. See ../README.md for what can be chosen by the environment.

const fs = require('node:fs')
const path = require('node:path')
const { motdOf, startBackends } = require('./backend')
const door = require('./door')
const events = require('./events')
const hostile = require('./hostile')
const { minestom } = require('./minestom')
const { freePort, stopAll } = require('./processes')
const { startAddress, survivesItsServers } = require('./balance')
const { keepsOut, survivesKills } = require('./banning')
const { isUnderstood } = require('./chatting')
const { isFiltered } = require('./filtering')
const { MODES, INTERCEPTED, domain, guest, startProxy, startBalancer, balancedDomain, startEmbedded } = require('./proxy')
const { hasAnOperator } = require('./console')
const { isIntroduced } = require('./forwarding')
const { buildsTheTemplate, reloadsPlugins } = require('./loading')
const reload = require('./reload')
const { areReached } = require('./messages')
const { Report } = require('./report')
const { changesServers, changesServersStrictly } = require('./switching')
const scenarios = require('./scenarios')
const { livesInWorlds } = require('./squid')
const { chosen, newest } = require('./versions')

const PARTS = ['direct', 'play', 'denied', 'mineflayer', 'strict', 'legacy', 'plugins', 'slow', 'forwarding', 'balance', 'embedded', 'door', 'chat', 'switch', 'events', 'squid', 'reload', 'reload-kill', 'console', 'filters', 'template', 'plugin-reload', 'bans', 'bans-kill', 'messages', 'hostile']
// Those that share one proxy.
const BEHIND = ['play', 'denied', 'mineflayer', 'strict', 'legacy', 'plugins', 'slow']
const target = path.resolve(__dirname, '../target')
const BROKEN = ['truncated', 'core-module', 'other-version', 'ghost-import', 'text', 'empty'].map(name => `${name}.wasm`)
const FAILING = { 'enable-error': 'the moon is not full', 'trap-on-enable': '' }
const MINEFLAYER = ['1.8.8', '1.16.5', '1.20.4', '1.21.4']
const MINESTOM = '26.2'
const SLOW = '1.20.4'
const AT_ONCE = 6

async function main () {
  const report = new Report()
  const only = process.argv.slice(2)
  const unknown = only.filter(part => !PARTS.includes(part))
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there are ${PARTS.join(', ')}`)
  const wanted = part => only.length === 0 || only.includes(part)
  const versions = chosen()
  const run = path.join(target, 'run')
  fs.rmSync(run, { recursive: true, force: true })
  fs.mkdirSync(run, { recursive: true })

  const { ports, stop } = await startBackends([...new Set([...versions, ...MINEFLAYER, SLOW, reload.OLD, hostile.VERSION, newest])]
    .flatMap(version => ['off', 'on', 'bungee'].map(kind => `${version}:${kind}`)))
  try {
    const minestom = wanted('strict') ? await startMinestom(run) : {}
    if (wanted('direct')) await direct(report, versions, ports)
    if (BEHIND.some(wanted)) await behindTheProxy(report, versions, { ...plain(ports), ...minestom }, run, wanted)
    if (wanted('forwarding')) await isIntroduced(report, { versions, ports, run })
    if (wanted('chat')) await isUnderstood(report, { versions, run })
    if (wanted('messages')) await areReached(report, { versions, run })
    if (wanted('balance')) await balanced(report, run)
    if (wanted('switch')) {
      await changesServers(report, { versions, run })
      await changesServersStrictly(report, { run })
    }
    if (wanted('squid')) await livesInWorlds(report, { run })
    if (wanted('reload')) {
      const backends = Object.fromEntries([reload.OLD, newest].map(version => [version, ports[`${version}:on`]]))
      await reload.changesItsConfiguration(report, { run, version: newest, backends })
      await reload.takesLeave(report, { run, version: newest, backends })
    }
    if (wanted('reload-kill')) {
      const times = Number(process.env.E2E_KILLS ?? 100)
      await reload.isKilled(report, { run, version: newest, backend: ports[`${newest}:on`], times })
    }
    if (wanted('console')) await hasAnOperator(report, { run })
    if (wanted('filters')) await isFiltered(report, { versions, newest, run })
    if (wanted('template')) await buildsTheTemplate(report, { run, version: newest, backend: ports[`${newest}:off`] })
    if (wanted('plugin-reload')) await reloadsPlugins(report, { run, version: newest, backend: ports[`${newest}:off`] })
    if (wanted('bans')) await keepsOut(report, { versions, ports, run })
    if (wanted('bans-kill')) await survivesKills(report, { run })
    if (wanted('events')) await events.areSeen(report, { versions, run })
    if (wanted('embedded')) await withoutConfiguration(report, run)
    if (wanted('door')) {
      await door.behindHAProxy(report, { run, version: newest, backend: ports[`${newest}:on`] })
      await door.atTheDoor(report, { run, version: newest, backend: ports[`${newest}:on`] })
    }
    if (wanted('hostile')) await hostile.withstands(report, { run, backend: ports[`${hostile.VERSION}:on`] })
  } finally {
    stop()
    await stopAll()
    fs.writeFileSync(path.join(target, 'report.txt'), report.toString())
    fs.writeFileSync(path.join(target, 'report.json'), JSON.stringify(report.rows, null, 2))
    process.stdout.write(`\n${report}`)
  }
  return report.failures.length === 0 && report.steps > 0
}

// Those that take every player's word for who it is.
function plain (ports) {
  return Object.fromEntries(Object.entries(ports).filter(([name]) => !name.endsWith(':bungee')))
}

// One server of the newest version without compression, and one with.
async function startMinestom (run) {
  const servers = await Promise.all([['off', 0], ['on', 256]].map(async ([name, threshold]) => {
    const port = await freePort()
    const log = path.join(run, `minestom-${name}.log`)
    const server = minestom('MinestomServer', [String(port), String(threshold)], { log })
    await server.listens(port)
    return [`${MINESTOM}:${name}`, port]
  }))
  return Object.fromEntries(servers)
}

// The same players straight at the servers: what fails here is not the proxy's fault.
async function direct (report, versions, ports) {
  await together(versions.flatMap(version => ['off', 'on'].map(compression => () =>
    scenarios.plays(report, { port: ports[`${version}:${compression}`], version, group: `no proxy, compression ${compression}` }))))
}

async function behindTheProxy (report, versions, ports, run, wanted) {
  const plugins = Object.fromEntries([
    ...BROKEN.map(file => [file, path.join(guest, 'fixtures/broken', file)]),
    ...Object.keys(FAILING).map(id => [`${id}.wasm`, path.join(guest, `fixtures/plugins/${id}.wasm`)])
  ])
  const { proxy, port } = await startProxy(path.join(run, 'proxy'), ports, {
    plugins,
    denied: ['Griefer'],
    localhost: `${newest}:off`,
    log: path.join(run, 'proxy.log')
  })
  if (wanted('plugins')) await scenarios.refusesBrokenPlugins(report, { proxy, refused: BROKEN, failed: FAILING })
  if (wanted('play')) {
    for (const mode of MODES) {
      for (const compression of ['off', 'on']) {
        await together(versions.map(version => () => scenarios.plays(report, {
          port,
          host: domain(mode, `${version}:${compression}`),
          version,
          group: `${mode}, compression ${compression}`,
          greeted: INTERCEPTED.includes(mode)
        })))
      }
    }
  }
  if (wanted('denied')) {
    await together(versions.map(version => () =>
      scenarios.isKeptOut(report, { port, host: domain('offline', `${version}:off`), version, username: 'gRiefer' })))
    await together(versions.map(version => () =>
      scenarios.isNotVerified(report, { port, host: domain('client_only', `${version}:on`), version, username: 'Stranger' })))
  }
  if (wanted('mineflayer')) {
    await together(MINEFLAYER.map(version => () =>
      scenarios.spawns(report, { port, host: domain('offline', `${version}:on`), version })))
  }
  if (wanted('strict')) {
    const wishes = ['hear:welcome to', 'chat', 'echo:30000'] // Minestom takes plugin messages up to what a game sends
    for (const compression of ['off', 'on']) {
      if (wanted('direct')) {
        await scenarios.isStrict(report, { name: `no proxy, compression ${compression}`, run, port: ports[`${MINESTOM}:${compression}`], wishes })
      }
      for (const mode of MODES) {
        await scenarios.isStrict(report, {
          name: `${mode}, compression ${compression}`,
          run,
          port,
          host: domain(mode, `${MINESTOM}:${compression}`),
          wishes: [
            ...wishes,
            ...(INTERCEPTED.includes(mode)
              ? ['hear:Welcome, Strict!', 'command:place', 'command:ir', 'order:ir version', 'hear:Infrarust', 'order:place ~ ~ ~ stone 1', 'hear:placed']
              : []),
            ...(mode === 'client_only' ? ['encrypted'] : [])
          ]
        })
      }
    }
  }
  if (wanted('legacy')) {
    await scenarios.answersLegacyPings(report, {
      where: 'with servers',
      port,
      motd: 'An Infrarust Proxy',
      routed: { host: 'localhost', motd: motdOf(newest) }
    })
  }
  if (wanted('slow')) {
    for (const [mode, compression] of [['passthrough', 'off'], ['zero_copy', 'off'], ['offline', 'off'], ['offline', 'on']]) {
      await scenarios.holdsBack(report, {
        port,
        host: domain(mode, `${SLOW}:${compression}`),
        version: SLOW,
        name: `${mode}, compression ${compression}`,
        proxy
      })
    }
  }
  await report.row('end', 'proxy', {
    'still runs': async () => { if (proxy.ending) throw new Error(proxy.ending) },
    'stops when told': async () => {
      const how = await proxy.stop()
      if (how === 'SIGKILL') throw new Error('had to be killed')
    }
  })
}

async function balanced (report, run) {
  const addresses = await Promise.all(['one', 'two', 'three'].map(name => startAddress(run, name)))
  const { proxy, port } = await startBalancer(path.join(run, 'balancer'), addresses.map(each => each.port), { log: path.join(run, 'balancer.log') })
  for (const mode of MODES) {
    await survivesItsServers(report, { mode, port, host: balancedDomain(mode), proxy, addresses })
  }
  await proxy.stop()
}

async function withoutConfiguration (report, run) {
  const folder = path.join(run, 'empty')
  const { proxy, port } = await startEmbedded(folder, { log: path.join(run, 'embedded.log') })
  await scenarios.walksIntoTheVoid(report, { port, version: newest, folder })
  await scenarios.isStrict(report, { name: 'no configuration', run, port, wishes: ['hear:Welcome, Strict!'] })
  await scenarios.answersLegacyPings(report, { where: 'no configuration', port, motd: '' })
  await proxy.stop()
}

// Runs the tasks a few at a time, in order.
async function together (tasks) {
  const waiting = [...tasks]
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (waiting.length > 0) await waiting.shift()()
  }))
}

main().then(
  ok => process.exit(ok ? 0 : 1),
  async error => { console.error(error); await stopAll(); process.exit(2) }
)
