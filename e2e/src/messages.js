'use strict'

// Everything that a plugin can do to a player, as clients of every version see it: titles, bars, lists, resource packs, cookies,
// transfers, plugin messages; what the plugin learns of the client; and what servers ask on the BungeeCord channel. A plugin that is
// here for the tests does it (see ../messenger).

const assert = require('node:assert/strict')
const path = require('node:path')
const minecraftData = require('minecraft-data')
const mc = require('minecraft-protocol')
const { enterWorld } = require('./backend')
const { Player } = require('./player')
const { sleep } = require('./processes')
const { INTERCEPTED } = require('./proxy')
const { playerName, protocolOf } = require('./versions')
const { startWithPlugin } = require('./with-plugin')

const DEADLINE_MILLIS = 20_000
const REFUSED = 'REFUSED'
const ACCEPTED = 'ACCEPTED'

const modern = version => protocolOf(version) >= 393
const channel = version => modern(version) ? 'e2e:plugin' : 'E2E|PLUGIN'
const bungee = version => modern(version) ? 'bungeecord:main' : 'BungeeCord'

/** A server of one version that notes the plugin messages it gets, and says what a test wants it to say. */
function startServer (version) {
  const data = minecraftData(version)
  const players = new Map()
  const server = mc.createServer({ version, host: '127.0.0.1', port: 0, 'online-mode': false, hideErrors: true, validateChannelProtocol: false })
  server.on('playerJoin', client => {
    const heard = []
    players.set(client.username, { client, heard })
    client.on('custom_payload', packet => heard.push({ channel: packet.channel, data: packet.data }))
    enterWorld(client, data)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve({
      port: server.socketServer.address().port,
      of: name => players.get(name),
      close: () => server.close()
    }))
  })
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

// The words of a component in any of its shapes.
const words = component => typeof component === 'string' ? component : JSON.stringify(component)

/** Keeps every packet of these names that a client gets. */
class Inbox {
  constructor (client, names) {
    this.packets = []
    for (const name of names) client.on(name, packet => this.packets.push({ name, ...packet }))
  }

  /** The first packet, and none before it is looked at again, that fits. */
  async next (what, fits) {
    const found = await until(what, () => this.packets.find(fits))
    this.packets.splice(0, this.packets.indexOf(found) + 1)
    return found
  }
}

const NAMES = [
  'chat', 'system_chat', 'title', 'set_title_text', 'set_title_subtitle', 'set_title_time', 'action_bar', 'clear_titles', 'boss_bar',
  'playerlist_header', 'resource_pack_send', 'add_resource_pack', 'remove_resource_pack', 'transfer', 'store_cookie', 'custom_payload'
]

// What a client says of itself when it joins, as the game does.
function introduce (player) {
  const { client, version } = player
  const settings = { locale: 'de_DE', viewDistance: 7, chatFlags: 1, chatColors: true, skinParts: 0x41, mainHand: 1, enableTextFiltering: false, enableServerListing: true, particleStatus: 'all' }
  client.write('settings', settings)
  client.write('custom_payload', { channel: modern(version) ? 'minecraft:brand' : 'MC|Brand', data: Buffer.from('\x06forged') })
  client.write('custom_payload', { channel: modern(version) ? 'minecraft:register' : 'REGISTER', data: Buffer.from('e2e:one\0e2e:two') })
}

async function isReached (report, { mode, version, port, host, server, ask }) {
  const protocol = protocolOf(version)
  const username = playerName(version, mode === 'offline' ? 'Mo' : 'Mc')
  const player = new Player({ version, port, host, username })
  const inbox = new Inbox(player.client, NAMES)
  const does = async (what, answer) => assert.equal(await ask(`${username}/${what}`), answer)
  const sees = async part => {
    const end = Date.now() + DEADLINE_MILLIS
    while (!(await ask(`${username}/seen`)).includes(part)) {
      if (Date.now() > end) throw new Error(`the plugin does not see "${part}", but ${await ask(`${username}/seen`)}`)
      await sleep(20)
    }
  }
  const cookies = new Map()
  player.client.on('store_cookie', ({ key, value }) => cookies.set(key, value))
  player.client.on('cookie_request', ({ cookie }) => player.client.write('cookie_response', { key: cookie, value: cookies.get(cookie) }))
  const titles = protocol >= 47
  const apart = protocol >= 755
  const atServer = () => server.of(username)
  const steps = {
    join: () => player.join(),
    'brand, settings, channels': async () => {
      introduce(player)
      await sees('brand forged')
      await sees('settings de_DE 7 COMMANDS_ONLY RIGHT')
      await sees('channels [e2e:one, e2e:two]')
      assert.match(await ask(`${username}/about`), new RegExp(`^forged de_DE 7 COMMANDS_ONLY RIGHT \\d ${host}`))
    },
    message: async () => {
      await does('message/hello', ACCEPTED)
      await player.hears('hello')
    },
    'action bar': async () => {
      await does('action-bar/above', titles ? ACCEPTED : REFUSED)
      if (!titles) return 'none'
      const bar = await inbox.next('the action bar', packet => apart
        ? packet.name === 'action_bar'
        : protocol >= 315 ? packet.name === 'title' && packet.action === 2 : packet.name === 'chat' && packet.position === 2)
      assert.ok(words(bar.text ?? bar.message).includes('above'))
    },
    title: async () => {
      await does('title/big/small', titles ? ACCEPTED : REFUSED)
      if (!titles) return 'none'
      const is = (name, action) => packet => apart ? packet.name === name : packet.name === 'title' && packet.action === action
      const times = await inbox.next('the times', is('set_title_time', protocol >= 315 ? 3 : 2))
      assert.deepEqual([times.fadeIn, times.stay, times.fadeOut], [10, 40, 20])
      assert.ok(words((await inbox.next('the subtitle', is('set_title_subtitle', 1))).text).includes('small'))
      assert.ok(words((await inbox.next('the title', is('set_title_text', 0))).text).includes('big'))
      await does('clear-title', ACCEPTED)
      await does('reset-title', ACCEPTED)
      const cleared = await inbox.next('no title', packet => ['clear_titles', 'title'].includes(packet.name))
      const reset = await inbox.next('no times', packet => ['clear_titles', 'title'].includes(packet.name))
      if (apart) assert.deepEqual([cleared.reset, reset.reset], [false, true])
      else assert.equal(reset.action, cleared.action + 1)
    },
    'boss bar': async () => {
      await does('bar/boss', protocol >= 107 ? ACCEPTED : REFUSED)
      if (protocol < 107) return 'none'
      const bar = await inbox.next('the bar', packet => packet.name === 'boss_bar')
      assert.deepEqual([bar.action, bar.health, bar.color, bar.dividers], [0, 0.5, 3, 2])
      assert.ok(words(bar.title).includes('boss'))
      await does('bar-progress/0.25', 'ok')
      assert.equal((await inbox.next('its progress', packet => packet.name === 'boss_bar')).health, 0.25)
      await does('bar-name/king', 'ok')
      assert.ok(words((await inbox.next('its name', packet => packet.name === 'boss_bar')).title).includes('king'))
    },
    header: async () => {
      await does('header/above/below', titles ? ACCEPTED : REFUSED)
      if (!titles) return 'none'
      const { header, footer } = await inbox.next('the header', packet => packet.name === 'playerlist_header')
      assert.ok(words(header).includes('above') && words(footer).includes('below'))
    },
    'resource pack': async () => {
      await does('pack/please', titles ? ACCEPTED : REFUSED)
      if (!titles) return 'none'
      const pack = await inbox.next('the pack', packet => ['resource_pack_send', 'add_resource_pack'].includes(packet.name))
      assert.equal(pack.url, 'http://127.0.0.1:1/pack.zip')
      if (apart) assert.ok(words(pack.promptMessage).includes('please'))
      player.client.write('resource_pack_receive', { uuid: pack.uuid, hash: 'ab'.repeat(20), result: 1 })
      await sees('pack DECLINED of a plugin')
      await does('pack-remove', protocol >= 765 ? ACCEPTED : REFUSED)
      if (protocol >= 765) await inbox.next('no pack', packet => packet.name === 'remove_resource_pack')
    },
    cookie: async () => {
      if (protocol < 766) {
        await does('store/e2e:token/secret', REFUSED)
        await does('cookie/e2e:token', 'NotAsked REFUSED')
        return 'none'
      }
      await does('cookie/e2e:token', 'Missing')
      await does('store/e2e:token/secret', ACCEPTED)
      await does('cookie/e2e:token', 'Found secret')
    },
    'plugin messages': async () => {
      const name = channel(version)
      await until('the channel at the server', () => atServer().heard.find(({ channel, data }) => /register/i.test(channel) && String(data).includes(name)))
      const says = text => player.client.write('custom_payload', { channel: name, data: Buffer.from(text) })
      const heard = text => until(`"${text}" at the server`, () => atServer().heard.find(({ channel, data }) => channel === name && String(data) === text))
      says('swallow this')
      says('change this')
      says('let this through')
      await heard('changed')
      await heard('let this through')
      await sees('CLIENT says swallow this')
      assert.ok(!atServer().heard.some(({ data }) => String(data) === 'swallow this'))
      for (const text of ['swallow this', 'change this', 'and this']) {
        atServer().client.write('custom_payload', { channel: name, data: Buffer.from(text) })
      }
      const mine = packet => packet.name === 'custom_payload' && packet.channel === name
      assert.equal(String((await inbox.next('what the server says', mine)).data), 'changed')
      assert.equal(String((await inbox.next('what the server says', mine)).data), 'and this')
      await does('tell/hi', ACCEPTED)
      assert.equal(String((await inbox.next('what the plugin says', mine)).data), 'hi')
      await does('tell-server/hello', ACCEPTED)
      await heard('hello')
      player.client.write('custom_payload', { channel: bungee(version), data: Buffer.from('forged') })
      says('the end')
      await heard('the end')
      assert.ok(!atServer().heard.some(({ data }) => String(data) === 'forged'), 'the server hears a client on the BungeeCord channel')
    },
    BungeeCord: async () => {
      const asks = async (question, answer) => {
        const { client, heard } = atServer()
        heard.length = 0
        client.write('custom_payload', { channel: bungee(version), data: utf(...question) })
        const { data } = await until(`an answer to ${question}`, () => heard.find(packet => packet.channel === bungee(version)))
        if (answer) assert.deepEqual(data, answer)
        return data
      }
      await asks(['GetServer'], utf('GetServer', host))
      const servers = String((await asks(['GetServers'])).subarray(2 + 'GetServers'.length + 2)).split(', ')
      assert.deepEqual(servers.sort(), [host, `${host}-b`])
      await asks(['PlayerList', host], utf('PlayerList', host, username))
      await asks(['PlayerCount', 'ALL'], Buffer.concat([utf('PlayerCount', 'ALL'), Buffer.from([0, 0, 0, 1])]))
      await asks(['GetPlayerServer', username], utf('GetPlayerServer', username, host))
      const port = Buffer.from([0, 0])
      port.writeUInt16BE(server.port)
      await asks(['ServerIP', host], Buffer.concat([utf('ServerIP', host, '127.0.0.1'), port]))
      const message = Buffer.from([0, 2, 7, 8])
      const { client, heard } = atServer()
      heard.length = 0
      client.write('custom_payload', { channel: bungee(version), data: Buffer.concat([utf('Forward', host, 'Mine'), message]) })
      const forwarded = await until('what is forwarded', () => heard.find(packet => packet.channel === bungee(version)))
      assert.deepEqual(forwarded.data, Buffer.concat([utf('Mine'), message]))
    },
    'on the next server': async () => {
      atServer().client.write('custom_payload', { channel: bungee(version), data: utf('Connect', `${host}-b`) })
      if (protocol >= 107) {
        const bar = await inbox.next('the bar again', packet => packet.name === 'boss_bar' && packet.action === 0)
        assert.ok(words(bar.title).includes('king'))
        assert.equal(bar.health, 0.25)
      }
      if (titles) {
        const again = packet => packet.name === 'playerlist_header' && words(packet.header).includes('above')
        await inbox.next('the header again', again)
      }
    },
    transfer: async () => {
      if (protocol < 766) {
        await does('transfer/other.e2e.test/25599', REFUSED)
        return 'none'
      }
      const transferred = packet => packet.name === 'transfer'
      await does('transfer/other.e2e.test/25599', ACCEPTED)
      const { host: to, port: at } = await inbox.next('the transfer', transferred)
      assert.deepEqual([to, at], ['other.e2e.test', 25599])
      for (const to of ['forbidden', 'elsewhere', 'allowed']) atServer().client.write('transfer', { host: to, port: 1 })
      assert.equal((await inbox.next('the transfer', transferred)).host, 'redirected.e2e.test')
      assert.equal((await inbox.next('the transfer', transferred)).host, 'allowed')
      await sees('transfer to forbidden:1')
    },
    leave: () => player.leave()
  }
  await report.row(`messages, ${mode}`, version, steps, { independent: Object.keys(steps).filter(step => !['join', 'leave'].includes(step)) })
  player.abandon()
}

// Words as java.io.DataOutput writes them.
function utf (...texts) {
  return Buffer.concat(texts.flatMap(text => {
    const bytes = Buffer.from(text)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return [length, bytes]
  }))
}

function startMessagingProxy (folder, backends, log) {
  const servers = Object.fromEntries(backends.flatMap(({ mode, host, server }) => [host, `${host}-b`].map(id => [id, [
    `network = "${host}"`,
    ...(id === host ? [`domains = ["${host}"]`] : []),
    `addresses = ["127.0.0.1:${server.port}"]`,
    `proxy_mode = "${mode}"`,
    'bungeecord_channel = true'
  ]])))
  return startWithPlugin('messenger', { folder, config: ['[plugin_messaging]', 'bungeecord = true'], servers, log })
}

/** Everything above, for each version in both modes in which the proxy knows the player. */
async function areReached (report, { versions, run }) {
  const servers = await Promise.all(INTERCEPTED.flatMap(mode => versions.map(async version => ({
    mode, version, host: `${mode}-${version}`.replaceAll(/[._]/g, '-'), server: await startServer(version)
  }))))
  const { proxy, port, ask } = await startMessagingProxy(path.join(run, 'messages'), servers, path.join(run, 'messages.log'))
  try {
    for (const each of servers) await isReached(report, { ...each, port, ask })
    await report.row('messages: end', 'proxy', {
      'no fault': async () => { assert.ok(!/ERROR|Exception/.test(proxy.output()), 'the log has a fault') },
      'stops when told': async () => { assert.notEqual(await proxy.stop(), 'SIGKILL') }
    })
  } finally {
    await proxy.stop()
    for (const { server } of servers) server.close()
  }
}

module.exports = { areReached }
