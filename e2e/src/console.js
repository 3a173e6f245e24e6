'use strict'

// The console as an operator has it: at a terminal, which tmux is here, whose screen is compared; and behind a pipe.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const net = require('node:net')
const path = require('node:path')
const minecraftData = require('minecraft-data')
const mc = require('minecraft-protocol')
const { enterWorld } = require('./backend')
const { Player } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { launcher } = require('./proxy')

const VERSION = '1.20.4'
const DEADLINE_MILLIS = 30_000
const COLUMNS = 120
const ROWS = 18

/** A window of tmux with a server of its own, so that nobody else's is touched. */
class Terminal {
  constructor (folder, command, env = {}) {
    this.socket = path.join(folder, 'tmux')
    const settings = path.join(folder, 'tmux.conf')
    fs.writeFileSync(settings, 'set -g remain-on-exit on\nset -g default-terminal screen-256color\nset -g history-limit 5000\n')
    const variables = Object.entries({ HOME: process.env.HOME, PATH: process.env.PATH, LANG: 'C.UTF-8', ...env })
    this.tmux('-f', settings, 'new-session', '-d', '-x', String(COLUMNS), '-y', String(ROWS), '-c', folder,
      'env', '-i', 'TERM=screen-256color', ...variables.map(([name, value]) => `${name}=${value}`), 'sh', '-c', command)
    this.closed = false
  }

  tmux (...args) {
    return execFileSync('tmux', ['-S', this.socket, ...args], { encoding: 'utf8' })
  }

  /** What stands there, without what is blank at the end. */
  screen (...options) {
    return this.tmux('capture-pane', '-p', '-J', ...options).split('\n').map(line => line.trimEnd()).join('\n').trimEnd()
  }

  lines () {
    return this.screen('-S', '-').split('\n')
  }

  last () {
    return this.lines().at(-1)
  }

  /** Types text as it is, or keys by their names. */
  type (text) { this.tmux('send-keys', '-l', text) }
  press (...keys) { this.tmux('send-keys', ...keys) }

  async until (what, look) {
    const end = Date.now() + DEADLINE_MILLIS
    while (Date.now() < end) {
      const found = look()
      if (found) return found
      await sleep(30)
    }
    throw new Error(`${what}: not within ${DEADLINE_MILLIS / 1000} s; the screen:\n${this.screen()}`)
  }

  shows (text) { return this.until(`"${text}"`, () => this.screen('-S', '-').includes(text)) }
  prompts (line) { return this.until(`the line "${line}"`, () => this.last() === line) }

  /** Lines are read whole again, as before. */
  isItself () { return this.until('the terminal as it was', () => this.lines().includes('icanon')) }

  /** Enters a line and waits until the prompt is back. */
  async enter (line) {
    await this.prompts('>')
    this.type(line)
    await this.prompts(`> ${line}`)
    const before = this.lines().length
    this.press('Enter')
    await this.until('an answer', () => this.lines().length > before && this.last() === '>')
    return this.lines().slice(before - 1)
  }

  pid () {
    return Number(this.tmux('display-message', '-p', '#{pane_pid}'))
  }

  close () {
    if (this.closed) return
    this.closed = true
    try { this.tmux('kill-server') } catch {} // it may have ended by itself
  }
}

function startServer () {
  const server = mc.createServer({ version: VERSION, host: '127.0.0.1', port: 0, 'online-mode': false, hideErrors: true })
  server.on('playerJoin', client => enterWorld(client, minecraftData(VERSION)))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve({ port: server.socketServer.address().port, close: () => server.close() }))
  })
}

async function configure (folder, { lobby, broken }) {
  const port = await freePort()
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'cache'))
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    'status_cache.ttl = "0s"',
    '[active_health]',
    'unhealthy_interval = "1s"',
    'timeout = "1s"',
    ''
  ].join('\n'))
  const server = (id, domain, address, mode) => fs.writeFileSync(path.join(folder, 'servers', `${id}.toml`), [
    `domains = ["${domain}"]`, `addresses = ["127.0.0.1:${address}"]`, `proxy_mode = "${mode}"`, ''].join('\n'))
  server('lobby', 'lobby.e2e.test', lobby, 'offline')
  server('broken', 'broken.e2e.test', broken, 'passthrough')
  return port
}

// Ends without an answer, as it should: nobody is there. Three of these, and the log says so.
function knock (port, host) {
  return new Promise(resolve => {
    const client = mc.createClient({ host: '127.0.0.1', port, version: VERSION, username: 'Knocker', fakeHost: host, auth: 'offline', hideErrors: true })
    client.on('error', () => {})
    client.once('end', resolve)
  })
}

/** How many hundredths of a second of processor time a process has used. */
function ticks (pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return Number(fields[11]) + Number(fields[12])
}

async function atTheTerminal (report, { run, lobby }) {
  const folder = path.join(run, 'console')
  const broken = await freePort()
  const port = await configure(folder, { lobby: lobby.port, broken })
  const command = `${launcher} -c infrarust.toml; echo "ended with $?"; stty -a | grep -o -- '-\\?icanon'`
  const env = { INFRARUST_CACHE: path.join(folder, 'cache'), INFRARUST_AOT: 'off' }
  const history = path.join(folder, 'cache/console-history')
  let terminal = new Terminal(folder, command, env)
  let player
  const steps = {
    prompt: async () => {
      await terminal.shows('Ready on')
      await terminal.prompts('>')
    },
    'names of commands': async () => {
      terminal.type('vers')
      terminal.press('Tab')
      await terminal.prompts('> version')
      terminal.press('Enter')
      await terminal.shows('Infrarust 0.')
      await terminal.prompts('>')
      terminal.type('ki')
      terminal.press('Tab')
      await terminal.shows('kick-ip') // both are listed
      assert.ok(terminal.lines().some(line => line.startsWith('> kick')))
    },
    'Ctrl-C forgets a line': async () => {
      terminal.press('C-c')
      await terminal.prompts('>')
    },
    'names of players': async () => {
      player = new Player({ version: VERSION, port, host: 'lobby.e2e.test', username: 'Steve' })
      await player.join()
      terminal.type('find st')
      terminal.press('Tab')
      await terminal.prompts('> find Steve')
      terminal.press('Enter')
      await terminal.shows('Steve is on lobby.')
    },
    answers: async () => {
      const answer = await terminal.enter('list')
      assert.deepEqual(answer.slice(-3), ['1 player online', 'lobby (1): Steve', '>'])
      await terminal.enter('say Good evening')
      await player.hears('Good evening')
      const explained = await terminal.enter('route explain LOBBY.e2e.test')
      assert.ok(explained.includes('  rule        the domain lobby.e2e.test, as it stands'), explained.join('\n'))
    },
    'says what was expected': async () => {
      const answer = await terminal.enter('kick Stve')
      assert.deepEqual(answer.slice(-3, -1), ['No player is called Stve; did you mean Steve?', 'Usage: kick <players> [reason...]'])
    },
    colours: async () => {
      await terminal.enter('xyzzy')
      assert.match(terminal.tmux('capture-pane', '-p', '-e'), /\x1b\[31mThere is no command "xyzzy"/)
    },
    pages: async () => {
      const answer = await terminal.enter('help')
      assert.match(answer.at(-2), /^\d+ more: help 2$/)
      assert.ok(answer.length - 1 <= ROWS, `${answer.length - 1} lines`) // the first is what was typed
    },
    'log lines above the prompt': async () => {
      const begun = 'tell steve this is typed while'
      terminal.type(begun)
      await terminal.prompts(`> ${begun}`)
      for (let i = 0; i < 3; i++) await knock(port, 'broken.e2e.test')
      await terminal.shows('is left out')
      await terminal.prompts(`> ${begun}`)
      const back = net.createServer().listen(broken, '127.0.0.1')
      await terminal.shows('is back')
      back.close()
      await terminal.prompts(`> ${begun}`)
      assert.deepEqual(terminal.lines().filter(line => line.includes('typed while')), [`> ${begun}`])
      const log = terminal.lines().filter(line => /left out|is back/.test(line))
      assert.ok(log.every(line => /^\d\d:\d\d:\d\d\.\d{3} (INFO|WARN) /.test(line)), log.join('\n'))
      terminal.type(' the log grows')
      await terminal.prompts(`> ${begun} the log grows`)
      terminal.press('C-c')
    },
    'Ctrl-D goes on': async () => {
      await terminal.prompts('>')
      terminal.press('C-d')
      await terminal.shows('Ctrl-D does not stop the proxy')
      await terminal.prompts('>')
    },
    history: async () => {
      terminal.press('Up')
      await terminal.prompts('> help')
      terminal.press('Up', 'Up')
      await terminal.prompts('> kick Stve')
      terminal.press('C-c')
      await terminal.prompts('>')
      assert.equal((fs.statSync(history).mode & 0o777).toString(8), '600')
    },
    'Ctrl-C stops': async () => {
      terminal.press('C-c')
      await terminal.shows('ended with 0')
      await terminal.isItself()
      assert.ok(terminal.screen('-S', '-').includes('Stopped'))
    },
    'remembers the next day': async () => {
      terminal.close()
      terminal = new Terminal(folder, command, { ...env, NO_COLOR: '1' })
      await terminal.shows('Ready on')
      await terminal.prompts('>')
      terminal.press('Up')
      await terminal.prompts('> help')
      terminal.press('C-c')
    },
    'no colours': async () => {
      await terminal.enter('xyzzy')
      assert.doesNotMatch(terminal.tmux('capture-pane', '-p', '-e', '-S', '-'), /\x1b\[[0-9;]*3[0-9]m/)
    },
    'two Ctrl-C at once': async () => {
      await terminal.prompts('>')
      terminal.press('C-c', 'C-c')
      await terminal.until('the end', () => /^ended with (0|130)$/m.test(terminal.screen('-S', '-')))
      await terminal.isItself()
    }
  }
  await report.row('console', 'terminal', steps)
  fs.writeFileSync(path.join(run, 'console-screen.txt'), terminal.screen('-S', '-'))
  player?.abandon()
  terminal.close()
  await inTheBackground(report, { folder, env, port })
}

// A shell that starts it with & and goes on: reading the terminal would stop it.
async function inTheBackground (report, { folder, env, port }) {
  const terminal = new Terminal(folder, `set -m; ${launcher} -c infrarust.toml & sleep 300`, env)
  await report.row('console', 'background', {
    'is not stopped': async () => {
      await terminal.shows('Ready on')
      await sleep(1500)
      const status = await mc.ping({ host: '127.0.0.1', port, version: VERSION, closeTimeout: 5000 })
      assert.ok(status.version)
      assert.notEqual(terminal.last(), '>')
    }
  })
  const pid = /^(\d+)$/m.exec(execFileSync('sh', ['-c', `pgrep -P ${terminal.pid()} java || true`], { encoding: 'utf8' }))?.[1]
  if (pid) process.kill(Number(pid))
  terminal.close()
}

async function behindAPipe (report, { run, lobby }) {
  const folder = path.join(run, 'piped')
  const port = await configure(folder, { lobby: lobby.port, broken: await freePort() })
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log: path.join(run, 'piped.log'), stdin: 'pipe' })
  await report.row('console', 'pipe', {
    answers: async () => {
      await proxy.listens(port)
      proxy.child.stdin.write('list\n/version\nkik\nroute explain nowhere\n')
      await proxy.says('none claims it')
      const answers = proxy.output().split('\n').filter(line => !/^\d\d:\d\d:/.test(line))
      assert.equal(answers[0], '0 players online')
      assert.match(answers[1], /^Infrarust 0\..*Java/)
      assert.equal(answers[2], 'There is no command "kik"; did you mean kick? help lists them all.')
    },
    'no prompt, no colours': async () => assert.doesNotMatch(proxy.output(), /\x1b|^>/m),
    'its end ends nothing': async () => {
      proxy.child.stdin.end('version\n')
      await sleep(500)
      const before = ticks(proxy.pid)
      await sleep(2000)
      const used = ticks(proxy.pid) - before
      assert.equal(proxy.ending, undefined)
      assert.ok(used < 100, `${used} hundredths of a second of processor time in 2 s`)
      await mc.ping({ host: '127.0.0.1', port, version: VERSION, closeTimeout: 5000 })
    },
    'stops when told': async () => {
      await proxy.stop()
      assert.ok(proxy.output().includes('Stopped'))
    }
  })
  await proxy.stop()
}

/** @param {{run: string}} where `run`: a folder for configuration and logs */
async function hasAnOperator (report, { run }) {
  const lobby = await startServer()
  try {
    try {
      execFileSync('tmux', ['-V'])
      await atTheTerminal(report, { run, lobby })
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
      await report.row('console', 'terminal', { 'left out': async () => 'no tmux' })
    }
    await behindAPipe(report, { run, lobby })
  } finally {
    lobby.close()
  }
}

module.exports = { Terminal, hasAnOperator, startServer }
