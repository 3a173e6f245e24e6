'use strict'

// What players write: chat and commands for the server, commands for the proxy, completions, and the list of commands that
// clients are sent; also from clients that sign what they write.

const assert = require('node:assert/strict')
const crypto = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const minecraftData = require('minecraft-data')
const mc = require('minecraft-protocol')
const { enterWorld } = require('./backend')
const { Player } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { INTERCEPTED, domain, launcher } = require('./proxy')
const { startSessionServer } = require('./session-server')
const { protocolOf, playerName } = require('./versions')

const DEADLINE_MILLIS = 20_000
// The packets of all versions in which a server hears something.
const SPOKEN = ['chat', 'chat_message', 'chat_command', 'chat_command_signed', 'chat_session_update']

/** Starts a server of one version that notes what it is told, has a command `give` and completes its argument. */
function startListener (version) {
  const data = minecraftData(version)
  const players = new Map()
  const server = mc.createServer({ version, host: '127.0.0.1', port: 0, 'online-mode': false, hideErrors: true, validateChannelProtocol: false })
  server.on('playerJoin', client => {
    const heard = []
    players.set(client.username, heard)
    for (const name of SPOKEN) client.on(name, packet => heard.push({ name, ...packet }))
    client.on('tab_complete', ({ transactionId, text }) => client.write('tab_complete', hasTree(version)
      ? { transactionId, start: text.length, length: 0, matches: [{ match: 'stone' }] }
      : { matches: text.includes(' ') ? ['stone'] : ['/icecream'] }))
    enterWorld(client, data)
    if (hasTree(version)) client.write('declare_commands', tree())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve({
      port: server.socketServer.address().port,
      heardOf: name => players.get(name) ?? [],
      close: () => server.close()
    }))
  })
}

// `give <position>`, with an argument type of the game, and a command that the proxy has too.
function tree () {
  const flags = type => ({ unused: 0, has_custom_suggestions: 0, has_redirect_node: 0, has_command: type === 0 ? 0 : 1, command_node_type: type })
  return {
    nodes: [
      { flags: flags(0), children: [1, 2] },
      { flags: flags(1), children: [3], extraNodeData: { name: 'give' } },
      { flags: flags(1), children: [3], extraNodeData: { name: 'ir' } },
      { flags: flags(2), children: [], extraNodeData: { name: 'where', parser: 'minecraft:block_pos', properties: undefined } }
    ],
    rootIndex: 0
  }
}

function hasTree (version) {
  return protocolOf(version) >= 393
}

async function startProxy (folder, listeners, log) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    '[permissions]',
    'player_commands = ["help", "version", "list", "server"]',
    ''
  ].join('\n'))
  for (const mode of INTERCEPTED) {
    for (const [version, listener] of Object.entries(listeners)) {
      const host = domain(mode, version)
      fs.writeFileSync(path.join(folder, 'servers', `${host}.toml`), [
        `id = "${host}"`,
        `domains = ["${host}"]`,
        `addresses = ["127.0.0.1:${listener.port}"]`,
        `proxy_mode = "${mode}"`,
        ''
      ].join('\n'))
    }
  }
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

async function until (what, look) {
  const end = Date.now() + DEADLINE_MILLIS
  while (Date.now() < end) {
    const found = look()
    if (found) return found
    await sleep(10)
  }
  throw new Error(`${what}: nothing within ${DEADLINE_MILLIS / 1000} s`)
}

function nextPacket (client, name, send) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name} within ${DEADLINE_MILLIS / 1000} s`)), DEADLINE_MILLIS)
    client.once(name, packet => { clearTimeout(timer); resolve(packet) })
    send()
  })
}

// What the server has heard, in words: commands with their slash.
function words (heard) {
  return heard.map(packet => packet.name === 'chat_session_update'
    ? 'a session'
    : packet.command === undefined ? packet.message : `/${packet.command}`)
}

// The words with which each version's server proposes something.
async function completed (player, text) {
  const request = hasTree(player.version)
    ? { transactionId: 7, text }
    : { text, assumeCommand: false, hasPosition: false, lookedAtBlock: undefined }
  const { matches } = await nextPacket(player.client, 'tab_complete', () => player.client.write('tab_complete', request))
  return matches.map(each => typeof each === 'string' ? each : each.match)
}

async function converses (report, { mode, version, port, listener }) {
  const username = playerName(version, mode === 'offline' ? 'Co' : 'Cc')
  const player = new Player({ version, port, host: domain(mode, version), username })
  const commands = []
  player.client.on('declare_commands', packet => commands.push(packet))
  const steps = {
    join: () => player.join(),
    chat: async () => {
      player.say('hello')
      await until('chat at the server', () => words(listener.heardOf(username)).includes('hello'))
    },
    '/unknown': async () => {
      player.say('/unknown command')
      await until('command at the server', () => words(listener.heardOf(username)).includes('/unknown command'))
    },
    '/ir': async () => {
      player.say('/ir version')
      await player.hears('Infrarust')
      player.say('/IR list')
      await player.hears(username)
      player.say('/ir find me') // not opened to players
      await player.hears('permission')
      player.say('the end')
      await until('chat at the server', () => words(listener.heardOf(username)).includes('the end'))
      assert.deepEqual(words(listener.heardOf(username)), ['hello', '/unknown command', 'the end'])
    },
    'completes /ir': async () => { assert.deepEqual(await completed(player, '/ir se'), ['server']) },
    'completes /give': async () => { assert.deepEqual(await completed(player, '/give s'), ['stone']) },
    'completes names': async () => { assert.deepEqual(await completed(player, '/i'), ['/icecream', '/infrarust', '/ir']) },
    tree: async () => {
      const { nodes, rootIndex } = await until('the tree', () => commands[0])
      const names = nodes[rootIndex].children.map(index => nodes[index].extraNodeData.name)
      assert.deepEqual(names, ['give', 'infrarust', 'ir'])
      assert.equal(nodes[nodes[nodes[rootIndex].children[0]].children[0]].extraNodeData.parser, 'minecraft:block_pos')
      const below = node => node.children.map(index => nodes[index])
      const ours = below(nodes[nodes[rootIndex].children[2]])
      assert.deepEqual(ours.map(node => node.extraNodeData.name).sort(), ['help', 'list', 'server', 'version'])
      assert.deepEqual(nodes[nodes[rootIndex].children[1]].children, nodes[nodes[rootIndex].children[2]].children)
      const page = below(ours.find(node => node.extraNodeData.name === 'help'))[0].extraNodeData
      assert.equal(page.parser, 'brigadier:integer')
      assert.deepEqual([page.properties.min, page.properties.max], [1, 1_000_000])
      const name = below(ours.find(node => node.extraNodeData.name === 'server'))[0].extraNodeData
      assert.equal(name.parser, 'brigadier:string')
      assert.equal(name.suggestionType, 'minecraft:ask_server')
    },
    leave: () => player.leave()
  }
  delete steps[hasTree(version) ? 'completes names' : 'tree']
  await report.row(`chat, ${mode}`, version, steps, {
    independent: Object.keys(steps).filter(step => step !== 'join')
  })
  player.abandon()
}

// A client with a chat key of its own making: a server that saw it would refuse it, since Mojang has not signed it.
async function signs (report, { mode, version, port, listener }) {
  const username = playerName(version, mode === 'offline' ? 'So' : 'Sc')
  const keys = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })
  const player = new Player({ version, port, host: domain(mode, version), username })
  player.client.session = { selectedProfile: { id: '0' } }
  player.client.profileKeys = {
    public: keys.publicKey,
    private: keys.privateKey,
    signature: crypto.randomBytes(512),
    signatureV2: crypto.randomBytes(512),
    expiresOn: new Date(Date.now() + 3_600_000)
  }
  await report.row(`signed chat, ${mode}`, version, {
    join: () => player.join(),
    session: () => {
      if (protocolOf(version) < 761) return 'key'
      player.client._session = { index: 0, uuid: crypto.randomUUID() }
      player.client.write('chat_session_update', {
        sessionUUID: player.client._session.uuid,
        expireTime: BigInt(player.client.profileKeys.expiresOn.getTime()),
        publicKey: keys.publicKey.export({ type: 'spki', format: 'der' }),
        signature: player.client.profileKeys.signatureV2
      })
      return 'session'
    },
    chat: async () => {
      player.say('I sign this')
      const packet = await until('chat at the server', () => listener.heardOf(username).find(each => each.message === 'I sign this'))
      if (protocolOf(version) < 761) assert.equal(packet.signature.length, 0, 'the signature of a player without a key')
    },
    commands: async () => {
      player.say('/ir version')
      await player.hears('Infrarust')
      player.say('/unknown command')
      player.say('the end')
      await until('chat at the server', () => words(listener.heardOf(username)).includes('the end'))
      assert.deepEqual(words(listener.heardOf(username)), ['I sign this', '/unknown command', 'the end'])
    },
    leave: () => player.leave()
  })
  player.abandon()
}

/**
 * Everything above, for each version in both modes in which the proxy knows the player.
 *
 * @param {{versions: string[], run: string}} where `run`: a folder for configuration and logs
 */
async function isUnderstood (report, { versions, run }) {
  const listeners = Object.fromEntries(await Promise.all(versions.map(async version => [version, await startListener(version)])))
  const { proxy, port } = await startProxy(path.join(run, 'chatting'), listeners, path.join(run, 'chatting.log'))
  for (const mode of INTERCEPTED) {
    for (const version of versions) {
      await converses(report, { mode, version, port, listener: listeners[version] })
      if (protocolOf(version) >= 759) await signs(report, { mode, version, port, listener: listeners[version] })
    }
  }
  await proxy.stop()
  for (const listener of Object.values(listeners)) listener.close()
}

module.exports = { isUnderstood }
