'use strict'

// Clients that mean no good, thousands at a time, while others play: those are not harmed, and the proxy's memory and its log stay
// small. The attackers are ../hostile/Hostile.java.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { Player, ping } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { launcher } = require('./proxy')

const VERSION = '1.20.4'
const HEALTHY = 5
const SECONDS = 25
const CONNECTIONS = 10_000
// Descriptors that the attackers, and the proxy, need beside those of the attacks.
const SPARE = 500

// Where each buffer is watched, which costs many times what it does, less has to suffice.
const WATCHED = { seconds: 8, connections: 300 }

const MOST_NATIVE_MB = 300
const MOST_HEAP_MB = 400
const MOST_LINES = 20

/** @param {{run: string, backend: number}} where `backend`: the port of a server of 1.20.4 with compression */
async function withstands (report, { run, backend }) {
  const seed = Number(process.env.E2E_SEED ?? Date.now() % 1_000_000)
  const connections = allowed()
  await leaksNothing(report, { run, backend, seed })
  const { proxy, port, hostilePort } = await start(run, backend, 'hostile', '-XX:NativeMemoryTracking=summary')
  const players = []
  let before
  let quiet
  await report.row('hostile', 'before', {
    join: async () => {
      for (let n = 0; n < HEALTHY; n++) {
        const player = new Player({ version: VERSION, port, host: 'good.e2e.test', username: `Good${n}` })
        players.push(player)
        await player.join()
      }
    },
    echo: async () => { quiet = await latency(players, 3); return describe(quiet) },
    memory: async () => { before = memory(proxy); return told(before) }
  })
  const attackers = attack(run, 'attackers', [port, hostilePort, seed, SECONDS, connections])
  let worst = before
  await report.row('hostile', 'during', {
    attack: async () => { await attackers.says('attacking', 60_000); return `${connections} at a time, seed ${seed}` },
    echo: async () => {
      const watch = setInterval(() => { worst = larger(worst, memory(proxy)) }, 2_000)
      try {
        return describe(await latency(players, SECONDS - 3))
      } finally {
        clearInterval(watch)
      }
    },
    memory: async () => {
      assert.ok(worst.native < MOST_NATIVE_MB, `${worst.native} MB outside the heap`)
      assert.ok(worst.heap < MOST_HEAP_MB, `${worst.heap} MB of heap`)
      return told(worst)
    },
    'attackers end': async () => {
      await Promise.race([attackers.exited, sleep(40_000).then(() => { throw new Error('they do not end') })])
      return attackers.output().trim().split('\n').at(-1)
    }
  }, { independent: ['echo', 'memory'] })
  await report.row('hostile', 'after', {
    echo: async () => describe(await latency(players, 3)),
    'no player lost': async () => {
      for (const player of players) assert.equal(player.ending, undefined, player.ending?.reason)
      for (const player of players) await player.leave()
    },
    memory: async () => told(memory(proxy)),
    'stops when told': async () => assert.notEqual(await proxy.stop(), 'SIGKILL'),
    'the log': async () => {
      const lines = proxy.output().trim().split('\n')
      assert.ok(lines.length <= MOST_LINES, `${lines.length} lines`)
      assert.doesNotMatch(proxy.output(), /ERROR/)
      return `${lines.length} lines`
    },
    counts: async () => proxy.output().split('\n').find(line => line.includes('Served')).replace(/^.*Served /, '')
  }, { independent: ['echo', 'no player lost', 'memory', 'stops when told', 'the log', 'counts'] })
  players.forEach(player => player.abandon())
}

/** The same in small, with an eye on each buffer. */
async function leaksNothing (report, { run, backend, seed }) {
  const { proxy, port, hostilePort } = await start(run, backend, 'watched', '-Dio.netty.leakDetection.level=paranoid')
  await report.row('hostile', 'buffers watched', {
    attack: async () => {
      const attackers = attack(run, 'watched-attackers', [port, hostilePort, seed, WATCHED.seconds, WATCHED.connections])
      await Promise.race([attackers.exited, sleep(60_000).then(() => { throw new Error('they do not end') })])
      return attackers.output().trim().split('\n').at(-1)
    },
    'no leak': async () => {
      // What was not given back is noticed when it is collected, and said when the next buffers are made.
      execFileSync(jcmd(), [String(proxy.pid), 'GC.run'])
      for (let n = 0; n < 20; n++) await ping({ version: VERSION, port, host: 'good.e2e.test' })
      assert.doesNotMatch(proxy.output(), /LEAK|ERROR/)
    }
  })
  await proxy.stop()
}

function attack (run, name, args) {
  return new Process(process.env.E2E_JAVA, [
    '-Xmx768m', '-XX:+UseSerialGC', path.join(__dirname, '../hostile/Hostile.java'), ...args.map(String)
  ], { log: path.join(run, `${name}.log`) })
}

// How many connections at a time the limit of open files allows, on either side.
function allowed () {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n']).toString())
  const connections = Number.isNaN(limit) ? CONNECTIONS : Math.min(CONNECTIONS, limit - SPARE)
  if (connections < CONNECTIONS) console.log(`hostile: only ${connections} connections at a time, because ulimit -n is ${limit}`)
  return connections
}

async function start (run, backend, name, option) {
  const folder = path.join(run, name)
  const port = await freePort()
  const hostilePort = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), `bind = "127.0.0.1:${port}"\ncompression_threshold = 256\n`)
  for (const [host, to] of [['good.e2e.test', backend], ['hostile.e2e.test', hostilePort]]) {
    fs.writeFileSync(path.join(folder, 'servers', `${host}.toml`), [
      `domains = ["${host}"]`,
      `addresses = ["127.0.0.1:${to}"]`,
      'proxy_mode = "offline"',
      'timeouts = { read = "10s", write = "5s" }',
      ''
    ].join('\n'))
  }
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], {
    cwd: folder,
    env: { INFRARUST_JAVA_OPTS: option },
    log: path.join(run, `${name}.log`)
  })
  await proxy.listens(port)
  return { proxy, port, hostilePort }
}

// How long plugin messages take there and back, in milliseconds, sorted.
async function latency (players, seconds) {
  const end = Date.now() + seconds * 1000
  const times = []
  await Promise.all(players.map(async player => {
    while (Date.now() < end) {
      const start = performance.now()
      await player.echo(Buffer.from('are you there?'))
      times.push(performance.now() - start)
      await sleep(50)
    }
  }))
  return times.sort((one, two) => one - two)
}

function describe (times) {
  const at = share => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1)
  return `${times.length} echoes, ms: p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)}`
}

// Megabytes of the proxy's process, of its used heap, and of what it has outside of heap, classes and compiled code.
function memory (proxy) {
  const ask = (...args) => execFileSync(jcmd(), [String(proxy.pid), ...args]).toString()
  const used = ask('GC.heap_info').matchAll(/^ *(?:DefNew|Tenured|def new generation|tenured generation) +total \d+K, used (\d+)K/gm)
  const other = / Other \(reserved=\d+KB, committed=(\d+)KB/.exec(ask('VM.native_memory', 'summary', 'scale=KB'))
  return {
    resident: Math.round(proxy.residentBytes() / (1 << 20)),
    heap: Math.round([...used].reduce((sum, [, size]) => sum + Number(size), 0) / 1024),
    native: other ? Math.round(Number(other[1]) / 1024) : 0
  }
}

function jcmd () {
  return path.join(path.dirname(process.env.E2E_JAVA), 'jcmd')
}

function larger (one, two) {
  return Object.fromEntries(Object.keys(one).map(key => [key, Math.max(one[key], two[key])]))
}

function told ({ resident, heap, native }) {
  return `MB: resident ${resident}, heap ${heap}, buffers ${native}`
}

module.exports = { withstands, VERSION }
