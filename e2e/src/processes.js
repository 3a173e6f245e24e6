'use strict'

// Processes that a test run starts: their output goes to a file, and all of them are ended by their id.

const { spawn } = require('node:child_process')
const fs = require('node:fs')
const net = require('node:net')
const path = require('node:path')

const running = new Set()

class Process {
  /**
   * Starts a program.
   *
   * @param {string} command path of the program
   * @param {string[]} args its arguments
   * @param {{cwd?: string, env?: object, log: string, stdin?: string}} options `log`: the file for what it prints; `stdin`:
   *     'pipe' to write to it
   */
  constructor (command, args, { cwd, env, log, stdin = 'ignore' }) {
    fs.mkdirSync(path.dirname(log), { recursive: true })
    this.log = log
    const out = fs.openSync(log, 'w')
    this.child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: [stdin, out, out] })
    fs.closeSync(out)
    running.add(this)
    this.exited = new Promise(resolve => {
      this.child.once('error', error => resolve(error.message))
      this.child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    }).then(how => { running.delete(this); this.ending = how; return how })
  }

  get pid () {
    return this.child.pid
  }

  output () {
    return fs.readFileSync(this.log, 'utf8')
  }

  /** Waits until something accepts connections on the port; fails when the process ends first. */
  async listens (port, deadlineMillis = 120_000) {
    const deadline = Date.now() + deadlineMillis
    while (!await accepts(port)) {
      if (this.ending) throw new Error(`${this.describe()} ended before it listened: ${this.ending}\n${tail(this.output())}`)
      if (Date.now() > deadline) throw new Error(`${this.describe()} does not listen on ${port}\n${tail(this.output())}`)
      await sleep(50)
    }
  }

  /** Waits until the process has printed a text. */
  async says (text, deadlineMillis = 20_000) {
    const deadline = Date.now() + deadlineMillis
    while (!this.output().includes(text)) {
      if (Date.now() > deadline) throw new Error(`${this.describe()} does not say "${text}"\n${tail(this.output())}`)
      await sleep(20)
    }
  }

  /** Asks the process to end, insists after ten seconds. Returns how it ended. */
  async stop () {
    if (this.ending) return this.ending
    this.child.kill('SIGTERM')
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000)
    const how = await this.exited
    clearTimeout(timer)
    return how
  }

  /** Physical memory in use, in bytes. */
  residentBytes () {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${this.pid}/status`, 'utf8'))
    return Number(line[1]) * 1024
  }

  describe () {
    return path.basename(this.log, '.log')
  }
}

function stopAll () {
  return Promise.all([...running].map(each => each.stop()))
}

// For the way out when there is no time to wait any more.
process.on('exit', () => { for (const each of running) each.child.kill('SIGKILL') })

function accepts (port) {
  return new Promise(resolve => {
    const socket = net.connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => { socket.destroy(); resolve(true) })
    socket.once('error', () => resolve(false))
  })
}

// A port that nothing listens on, below those that the system gives out by itself. (Also below 32768: the 1.6 status
// question of minecraft-server-util writes the port as a signed short.)
function freePort () {
  const candidate = 20_000 + Math.floor(Math.random() * 12_000)
  return new Promise(resolve => {
    const server = net.createServer()
    server.once('error', () => resolve(freePort()))
    server.listen(candidate, '127.0.0.1', () => server.close(() => resolve(candidate)))
  })
}

function sleep (millis) {
  return new Promise(resolve => setTimeout(resolve, millis))
}

function tail (text, lines = 15) {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

module.exports = { Process, stopAll, freePort, sleep, tail }
