'use strict'

// A player of node-minecraft-protocol, as promises: join, wait for something to be said, say something, send a plugin
// message, leave. Everything has a deadline, and what the connection said about its end is part of the error.

const net = require('node:net')
const minecraftData = require('minecraft-data')
const mc = require('minecraft-protocol')
const { channel } = require('./versions')

const DEADLINE_MILLIS = 30_000

class Player {
  /**
   * @param {{version: string, port: number, username: string, host?: string, from?: string}} options `host`: the name for
   *     routing; `from`: the address to come from
   */
  constructor ({ version, port, username, host, from }) {
    this.version = version
    this.username = username
    this.heard = []
    this.ending = undefined
    this.stopped = false
    this.waiting = new Set()
    this.client = mc.createClient({
      host: '127.0.0.1',
      port,
      version,
      username,
      fakeHost: host,
      auth: 'offline',
      connect: client => client.setSocket(net.connect({ port, host: '127.0.0.1', localAddress: from })),
      hideErrors: true,
      validateChannelProtocol: false
    })
    this.client.on('chat', packet => this.#hear(packet.message))
    this.client.on('system_chat', packet => this.#hear(packet.content))
    this.client.on('profileless_chat', packet => this.#hear(packet.message))
    this.client.on('disconnect', packet => this.#end('login refused', packet.reason))
    this.client.on('kick_disconnect', packet => this.#end('kicked', packet.reason))
    this.client.on('error', error => this.#end('error', error.message))
    this.client.on('end', reason => this.#end('connection closed', reason))
  }

  #hear (component) {
    this.heard.push(text(component))
    this.#wake()
  }

  #end (how, reason) {
    this.ending ??= { how, reason: text(reason) }
    this.#wake()
  }

  #wake () {
    for (const check of this.waiting) check()
  }

  // Resolves as soon as `look` finds something; rejects when the connection ends before or the deadline passes.
  #until (what, look, { evenAfterEnd = false } = {}) {
    return new Promise((resolve, reject) => {
      const done = (settle, value) => {
        this.waiting.delete(check)
        clearTimeout(timer)
        settle(value)
      }
      const check = () => {
        const found = look()
        if (found !== undefined && found !== false) return done(resolve, found)
        if (this.ending && !evenAfterEnd) done(reject, new Error(`${what}: ${this.ending.how}: ${this.ending.reason}`))
      }
      const timer = setTimeout(() => {
        const last = this.heard.length ? `; heard: ${this.heard.join(' | ').slice(0, 200)}` : ''
        done(reject, new Error(`${what}: nothing within ${DEADLINE_MILLIS / 1000} s${last}`))
      }, DEADLINE_MILLIS)
      this.waiting.add(check)
      check()
    })
  }

  /** Waits until the world is entered. */
  async join () {
    let joined = false
    this.client.once('login', () => { joined = true; this.#wake() })
    await this.#until('join', () => joined)
  }

  /** Waits until something was said that contains the text. */
  async hears (part) {
    return await this.#until(`hear "${part}"`, () => this.heard.find(line => line.includes(part)))
  }

  /** Says something, or runs a command. */
  say (message) {
    if (this.client.chat) this.client.chat(message)
    else this.client.write('chat', { message })
  }

  /** Sends a plugin message on the echo channel and waits for the same bytes to come back. */
  async echo (bytes) {
    const name = channel(this.version, 'echo')
    let answer
    const listener = packet => { if (packet.channel === name) { answer = packet.data; this.#wake() } }
    this.client.on('custom_payload', listener)
    this.send('echo', bytes)
    await this.#until(`echo of ${bytes.length} bytes`, () => answer)
    this.client.off('custom_payload', listener)
    if (!bytes.equals(answer)) throw new Error(`echo of ${bytes.length} bytes: came back changed, ${answer.length} bytes`)
  }

  send (name, data) {
    this.client.write('custom_payload', { channel: channel(this.version, name), data: Buffer.from(data) })
  }

  /** Stops reading from the socket, so that the other side's buffers fill. */
  stopReading () {
    this.client.socket.unpipe(this.client.splitter)
    this.client.socket.pause()
    this.stopped = true
  }

  /** Reads again, and resolves with the number of bytes that came on the data channel when the flood is over. */
  async readFlood () {
    let bytes = 0
    let over = false
    this.client.on('custom_payload', packet => {
      if (packet.channel === channel(this.version, 'data')) bytes += packet.data.length
      if (packet.channel === channel(this.version, 'done')) { over = true; this.#wake() }
    })
    if (this.stopped) this.client.socket.pipe(this.client.splitter) // twice would bring every byte twice
    this.stopped = false
    await this.#until('end of the flood', () => over)
    return bytes
  }

  /** Waits for the connection to end and tells how: `{how, reason}`. */
  async ends () {
    return await this.#until('end of the connection', () => this.ending, { evenAfterEnd: true })
  }

  /** Leaves and waits until the connection is closed. */
  async leave () {
    if (!this.client.ended) {
      const closed = new Promise(resolve => this.client.once('end', resolve))
      this.client.end('leaving')
      await Promise.race([closed, new Promise((_resolve, reject) => setTimeout(reject, 5_000, new Error('leave: the connection stays open')))])
    }
  }

  /** Closes the connection without waiting, whatever state it is in. */
  abandon () {
    this.client.on('error', () => {})
    this.client.socket?.destroy()
  }
}

// The words of a text component in any of its shapes: JSON text, JSON value, NBT.
function text (component) {
  if (component === undefined || component === null) return ''
  return typeof component === 'string'
    ? component
    : JSON.stringify(component, (_key, value) => typeof value === 'bigint' ? String(value) : value)
}

/** The status of a server, with the protocol number of a version. */
async function ping ({ version, port, host, from }) {
  const data = minecraftData(version)
  return await mc.ping({
    host: host ?? '127.0.0.1', // what the handshake says; where it goes is said below
    port,
    version: data.version.minecraftVersion,
    closeTimeout: DEADLINE_MILLIS,
    connect: client => client.setSocket(net.connect({ port, host: '127.0.0.1', localAddress: from }))
  })
}

module.exports = { Player, ping }
