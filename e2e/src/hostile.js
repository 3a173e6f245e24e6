'use strict'

// Clients that mean no good, with 10,000 connections open at a time, while others play in `offline` and `client_only`: those are
// not harmed, and the proxy's memory and its log stay small. The attackers are ../hostile/Hostile.java; they attack servers of both
// modes.

const assert = require('node:assert/strict')
const { execFile, execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { promisify } = require('node:util')
const { Player, ping } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { INTERCEPTED, launcher } = require('./proxy')
const { startSessionServer } = require('./session-server')

const VERSION = '1.20.4'
const HEALTHY = 5 // in each mode
const SECONDS = 25
const CONNECTIONS = 10_000
// Descriptors that the attackers, and the proxy, need beside those that are to be open.
const SPARE = 1_500
// Whoever is thrown out comes again, but not in no time; on a busy machine some are always on their way.
const NEARLY_ALL = 0.9

// Where each buffer is watched, which costs many times what it does, less has to suffice.
const WATCHED = { seconds: 8, connections: 300 }

const MOST_NATIVE_MB = 300
const MOST_HEAP_MB = 400
const MOST_LINES = 20

/** @param {{run: string, backend: number}} where `backend`: the port of a server of 1.20.4 with compression */
async function withstands (report, { run, backend }) {
  const seed = Number(process.env.E2E_SEED ?? Date.now() % 1_000_000)
  const connections = allowed()
  const busy = busyBefore()
  await leaksNothing(report, { run, backend, seed })
  const { proxy, port, hostilePort } = await start(run, backend, 'hostile', '-XX:NativeMemoryTracking=summary')
  const players = Object.fromEntries(INTERCEPTED.map(mode => [mode, []]))
  const everybody = () => INTERCEPTED.flatMap(mode => players[mode])
  const echoes = seconds => {
    // All of them at the same time, in as many columns as there are modes.
    let all
    return Object.fromEntries(INTERCEPTED.map(mode => [`echo ${mode}`, async () => {
      all ??= Promise.all(INTERCEPTED.map(each => latency(players[each], seconds)))
      return describe((await all)[INTERCEPTED.indexOf(mode)])
    }]))
  }
  const echoSteps = INTERCEPTED.map(mode => `echo ${mode}`)
  await report.row('hostile', 'before', {
    join: async () => {
      for (const mode of INTERCEPTED) {
        for (let n = 0; n < HEALTHY; n++) {
          const player = new Player({ version: VERSION, port, host: host('good', mode), username: `Good${mode[0]}${n}` })
          players[mode].push(player)
          await player.join()
        }
      }
    },
    ...echoes(3),
    memory: async () => told(await memory(proxy))
  })
  const attackers = attack(run, 'attackers', [port, hostilePort, seed, SECONDS, connections])
  let worst = { resident: 0, heap: 0, native: 0 }
  let open = 0
  let watch
  await report.row('hostile', 'during', {
    attack: async () => {
      await attackers.says('attacking', 90_000)
      const look = async () => {
        open = Math.max(open, descriptors(proxy))
        worst = larger(worst, await memory(proxy))
      }
      watch = setInterval(look, 3_000)
      look()
      return `${connections} at a time, seed ${seed}`
    },
    ...echoes(SECONDS - 3),
    memory: async () => {
      clearInterval(watch)
      assert.ok(worst.native < MOST_NATIVE_MB, `${worst.native} MB outside the heap`)
      assert.ok(worst.heap < MOST_HEAP_MB, `${worst.heap} MB of heap`)
      return told(worst)
    },
    'open at a time': async () => {
      if (busy) return `${open} descriptors (load ${busy} before: others use the processors)`
      assert.ok(open >= connections * NEARLY_ALL, `no more than ${open}`)
      return `${open} descriptors`
    },
    'attackers end': async () => {
      await Promise.race([attackers.exited, sleep(40_000).then(() => { throw new Error('they do not end') })])
      return attackers.output().trim().split('\n').at(-1)
    }
  }, { independent: [...echoSteps, 'memory', 'open at a time'] })
  clearInterval(watch)
  await report.row('hostile', 'after', {
    ...echoes(3),
    'no player lost': async () => {
      for (const player of everybody()) assert.equal(player.ending, undefined, player.ending?.reason)
      for (const player of everybody()) await player.leave()
    },
    memory: async () => told(await memory(proxy)),
    'stops when told': async () => assert.notEqual(await proxy.stop(), 'SIGKILL'),
    'the log': async () => {
      const lines = proxy.output().trim().split('\n')
      assert.ok(lines.length <= MOST_LINES, `${lines.length} lines`)
      assert.doesNotMatch(proxy.output(), /ERROR/)
      return `${lines.length} lines`
    },
    counts: async () => proxy.output().split('\n').find(line => line.includes('Served')).replace(/^.*Served /, '')
  }, { independent: [...echoSteps, 'no player lost', 'memory', 'stops when told', 'the log', 'counts'] })
  everybody().forEach(player => player.abandon())
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
      for (let n = 0; n < 20; n++) await ping({ version: VERSION, port, host: host('good', 'offline') })
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

// The load, when others use the processors so much that it depends on them how fast connections can be made.
function busyBefore () {
  const load = os.loadavg()[0]
  return load > 2 * os.availableParallelism() ? load.toFixed(1) : undefined
}

async function start (run, backend, name, option) {
  const folder = path.join(run, name)
  const port = await freePort()
  const hostilePort = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    'compression_threshold = 256',
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    ''
  ].join('\n'))
  for (const [who, to] of [['good', backend], ['hostile', hostilePort]]) {
    for (const mode of INTERCEPTED) {
      fs.writeFileSync(path.join(folder, 'servers', `${host(who, mode)}.toml`), [
        `domains = ["${host(who, mode)}"]`,
        `addresses = ["127.0.0.1:${to}"]`,
        `proxy_mode = "${mode}"`,
        'timeouts = { read = "10s", write = "5s" }',
        ''
      ].join('\n'))
    }
  }
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], {
    cwd: folder,
    env: { INFRARUST_JAVA_OPTS: option },
    log: path.join(run, `${name}.log`)
  })
  await proxy.listens(port)
  return { proxy, port, hostilePort }
}

function host (who, mode) {
  return `${who}${mode === 'client_only' ? '-verified' : ''}.e2e.test`
}

// How many files and connections the proxy has open.
function descriptors (proxy) {
  return fs.readdirSync(`/proc/${proxy.pid}/fd`).length
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
async function memory (proxy) {
  const resident = Math.round(proxy.residentBytes() / (1 << 20))
  // Not waited for with the whole process, in which the players live.
  const ask = async (...args) => (await promisify(execFile)(jcmd(), [String(proxy.pid), ...args])).stdout
  const heap = await ask('GC.heap_info')
  const used = heap.matchAll(/^ *(?:DefNew|Tenured|def new generation|tenured generation) +total \d+K, used (\d+)K/gm)
  const other = / Other \(reserved=\d+KB, committed=(\d+)KB/.exec(await ask('VM.native_memory', 'summary', 'scale=KB'))
  return {
    resident,
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
