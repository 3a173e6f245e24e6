'use strict'

// A Minecraft server of node-minecraft-protocol for one version. It welcomes who joins, says every chat message again,
// sends plugin messages on `echo` back as they came and, asked on `flood`, sends as many bytes as the client takes.

const { fork } = require('node:child_process')
const { randomBytes } = require('node:crypto')
const minecraftData = require('minecraft-data')
const nbt = require('prismarine-nbt')
const mc = require('minecraft-protocol')
const { channel } = require('./versions')

// Bytes that no compression makes smaller: what is sent is what travels.
const FLOOD_MESSAGE = randomBytes(64 * 1024)

/**
 * Starts a server on 127.0.0.1.
 *
 * @param {string} version name of the Minecraft version
 * @param {{compression: boolean, port?: number, name?: string, bungee?: boolean}} options whether packets from 256 bytes on
 *     are compressed; the port, else a free one; what it calls itself when it welcomes somebody, else its version; whether
 *     players have to be introduced as BungeeCord does, and are told what was said about them
 * @returns {Promise<{port: number, close: () => void}>}
 */
function startBackend (version, { compression, port = 0, name = version, bungee = false }) {
  const data = minecraftData(version)
  const server = mc.createServer({
    version,
    host: '127.0.0.1',
    port,
    'online-mode': false,
    motd: motdOf(version),
    maxPlayers: 77,
    kickTimeout: 180_000, // who stops reading on purpose also stops answering
    hideErrors: true,
    validateChannelProtocol: false,
    beforeLogin: client => {
      if (!compression) withoutCompression(client)
      if (bungee) takeOver(client)
    },
    errorHandler: (client, error) => client.end(String(error.message))
  })
  server.on('playerJoin', client => play(client, version, data, name))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve({
      port: server.socketServer.address().port,
      close: () => server.close()
    }))
  })
}

function motdOf (version) {
  return `A server of ${version}`
}

// The library always compresses from 256 bytes on and offers no switch: leave out what it says and does about it.
function withoutCompression (client) {
  const write = client.write
  client.write = (name, params) => { if (name !== 'compress') write.call(client, name, params) }
  Object.defineProperty(client, 'compressionThreshold', { get: () => -2, set: () => {} })
}

// The pieces of the handshake's host, as Spigot reads them with `bungeecord: true`.
function takeOver (client) {
  const [, address, id, properties = '[]', more] = client.serverHost.split('\0')
  if (id === undefined || more !== undefined) return client.end('nobody has introduced you')
  client.uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  client.known = `known as ${client.username} ${client.uuid} from ${address} with [${
    JSON.parse(properties).map(({ name, value, signature }) => `${name}=${printable(value)}/${signature}`).join(',')}]`
}

function printable (text) {
  return [...text].map(letter => letter < ' ' ? `<${letter.charCodeAt(0)}>` : letter).join('')
}

function play (client, version, data, name) {
  enterWorld(client, data)
  const say = text => {
    if (data.version['>=']('1.19')) {
      const content = data.supportFeature('chatPacketsUseNbtComponents')
        ? nbt.comp({ text: nbt.string(text) })
        : JSON.stringify({ text })
      client.write('system_chat', { content, isActionBar: false, type: 1 })
    } else {
      client.write('chat', { message: JSON.stringify({ text }), position: 0, sender: '0' })
    }
  }
  say(`welcome to ${name}`)
  if (client.known) say(client.known)
  const repeat = packet => say(`heard ${packet.message}`)
  client.on('chat', repeat)
  client.on('chat_message', repeat)
  client.on('custom_payload', packet => {
    if (packet.channel === channel(version, 'echo')) {
      client.write('custom_payload', { channel: packet.channel, data: packet.data })
    } else if (packet.channel === channel(version, 'flood')) {
      flood(client, version, Number(packet.data))
    } else if (packet.channel === channel(version, 'kick')) {
      client.end(`kicked by ${version}`)
    }
  })
}

function enterWorld (client, data) {
  const login = data.loginPacket
  client.write('login', {
    ...(login ?? { levelType: 'default', dimension: 0, difficulty: 1 }),
    entityId: client.id,
    isHardcore: false,
    gameMode: 0,
    previousGameMode: 1,
    hashedSeed: [0, 0],
    maxPlayers: 20,
    viewDistance: 10,
    simulationDistance: 10,
    reducedDebugInfo: false,
    enableRespawnScreen: true,
    isDebug: false,
    isFlat: false,
    enforceSecureChat: false,
    enforcesSecureChat: false
  })
  client.write('update_health', { health: 20, food: 20, foodSaturation: 5 })
  const flags = data.version['>=']('1.21.2') ? {} : 0
  client.write('position', { x: 0, y: 100, z: 0, yaw: 0, pitch: 0, flags, dx: 0, dy: 0, dz: 0, teleportId: 1, onGround: false })
}

// Sends plugin messages until the wish is fulfilled, no faster than the connection takes them.
function flood (client, version, bytes) {
  let left = bytes
  const more = () => {
    while (left > 0 && !client.ended && !client.serializer.writableNeedDrain) {
      client.write('custom_payload', { channel: channel(version, 'data'), data: FLOOD_MESSAGE })
      left -= FLOOD_MESSAGE.length
    }
    if (left > 0 && !client.ended) setTimeout(more, 2)
    else client.write('custom_payload', { channel: channel(version, 'done'), data: Buffer.from([1]) })
  }
  more()
}

/**
 * Starts servers in a process of their own, so that they and the players do not wait for each other.
 *
 * @param {string[]} wishes a server for each, as below
 * @returns {Promise<{ports: Object<string, number>, stop: () => void}>} ports by `version:kind`
 */
function startBackends (wishes) {
  const child = fork(__filename, wishes)
  return new Promise((resolve, reject) => {
    child.once('message', ({ ports }) => resolve({ ports, stop: () => child.disconnect() }))
    child.once('exit', code => reject(new Error(`the servers ended with code ${code}`)))
  })
}

module.exports = { startBackend, startBackends, motdOf, enterWorld }

// As a process of its own: one server for every `version:kind[:port:name]` among the arguments, ports to the parent. The kind
// is `off` or `on` (compression), or `bungee`.
if (require.main === module) {
  const wishes = process.argv.slice(2).map(wish => wish.split(':'))
  Promise.all(wishes.map(async ([version, kind, wanted, name]) => {
    const { port } = await startBackend(version, {
      compression: kind === 'on', bungee: kind === 'bungee', port: Number(wanted ?? 0), name
    })
    return [`${version}:${kind}`, port]
  })).then(
    ports => process.send?.({ ports: Object.fromEntries(ports) }),
    error => { console.error(error); process.exit(1) }
  )
  process.on('disconnect', () => process.exit(0))
}
