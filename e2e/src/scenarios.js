'use strict'

// What is tried with real clients. Every function adds rows to the report and leaves nothing behind.

const assert = require('node:assert/strict')
const { randomBytes } = require('node:crypto')
const fs = require('node:fs')
const net = require('node:net')
const path = require('node:path')
const mineflayer = require('mineflayer')
const legacy = require('minecraft-server-util')
const { motdOf } = require('./backend')
const { Player, ping } = require('./player')
const { minestom } = require('./minestom')
const { sleep, tail } = require('./processes')
const { protocolOf, playerName } = require('./versions')

// The old status functions are the point here, not a mistake.
process.noDeprecation = true

const MEBI = 1024 * 1024

/**
 * One player of one version: sees the server in the list, joins, is welcomed, talks, exchanges a plugin message of
 * 1 MiB and leaves.
 *
 * @param {{port: number, host?: string, version: string, group: string, greeted?: boolean}} where
 */
async function plays (report, { port, host, version, group, greeted = false }) {
  const username = playerName(version, 'E')
  let player
  const steps = {
    ping: async () => {
      const status = await ping({ version, port, host })
      assert.equal(status.version.protocol, protocolOf(version), 'protocol number')
      assert.ok(JSON.stringify(status.description).includes(motdOf(version)), `motd ${JSON.stringify(status.description)}`)
      assert.ok(status.latency !== undefined, 'no pong')
    },
    join: async () => {
      player = new Player({ version, port, host, username })
      await player.join()
    },
    welcome: async () => { await player.hears(`welcome to ${version}`) },
    greeting: async () => { await player.hears(`Welcome, ${username}!`) },
    chat: async () => {
      player.say('hello')
      await player.hears('heard hello')
    },
    '1 MiB': () => player.echo(randomBytes(protocolOf(version) < 47 ? 30_000 : MEBI)), // 1.7 counts in 16 bits
    leave: () => player.leave()
  }
  if (!greeted) delete steps.greeting
  await report.row(group, version, steps, { independent: ['ping', 'welcome', 'greeting', 'chat', '1 MiB'] })
  player?.abandon()
}

/** A name on the sample plugin's list is refused while logging in, with the plugin's words. */
async function isKeptOut (report, { port, host, version, username }) {
  const player = new Player({ version, port, host, username })
  await report.row('kept out by the plugin', version, {
    reason: async () => {
      const { how, reason } = await player.ends()
      assert.equal(how, 'login refused', reason)
      assert.ok(reason.includes(`${username}, you are not welcome`), reason)
    }
  })
  player.abandon()
}

/** A client whose account the session server does not know is told so, over the encrypted connection. */
async function isNotVerified (report, { port, host, version, username }) {
  const player = new Player({ version, port, host, username })
  await report.row('not verified', version, {
    reason: async () => {
      const { how, reason } = await player.ends()
      assert.equal(how, 'login refused', reason)
      assert.ok(reason.includes('could not be verified'), reason)
    }
  })
  player.abandon()
}

/** mineflayer, which minds more of what the server sends than a bare protocol client, comes to stand in the world. */
async function spawns (report, { port, host, version }) {
  const username = playerName(version, 'M')
  const bot = mineflayer.createBot({
    host: '127.0.0.1', port, fakeHost: host, version, username, auth: 'offline', hideErrors: true
  })
  const heard = []
  bot.on('messagestr', message => heard.push(message))
  const gone = new Promise((_resolve, reject) => {
    bot.once('kicked', reason => reject(new Error(`kicked: ${JSON.stringify(reason)}`)))
    bot.once('error', reject)
    bot.once('end', reason => reject(new Error(`connection closed: ${reason}`)))
  })
  gone.catch(() => {})
  const within = (what, promise) => Promise.race([promise, gone, sleep(20_000).then(() => { throw new Error(`${what}: nothing within 20 s`) })])
  await report.row('mineflayer, offline', version, {
    spawn: () => within('spawn', new Promise(resolve => bot.once('spawn', () => resolve()))),
    greeting: () => within('greeting', (async () => { while (!heard.some(line => line.includes(`Welcome, ${username}!`))) await sleep(20) })()),
    leave: async () => {
      const ended = new Promise(resolve => bot.once('end', resolve))
      bot.quit()
      await Promise.race([ended, sleep(5_000).then(() => { throw new Error('the connection stays open') })])
    }
  })
  bot.removeAllListeners('error')
  bot.on('error', () => {})
  bot._client.socket?.destroy()
}

/**
 * A client of the newest version that decodes every packet stays for a while and finds nothing wrong.
 *
 * @param {{name: string, run: string, port: number, host?: string, wishes: string[]}} where `wishes`: what has to be seen
 */
async function isStrict (report, { name, run, port, host = 'localhost', wishes }) {
  await report.row('strict client, 26.2', name, {
    'no fault': async () => {
      const log = path.join(run, `strict-${name.replaceAll(/[ ,]+/g, '-')}.log`)
      const client = minestom('StrictClient', [String(port), host, 'Strict', '8', ...wishes], { log })
      const how = await client.exited
      const lines = client.output().trimEnd().split('\n')
      const faults = lines.filter(line => line.startsWith('FAULT '))
      if (how !== 'exit code 0') throw new Error(faults.slice(0, 3).join('; ') || tail(client.output()))
      return lines.at(-1).replace(', faults 0', '')
    }
  })
}

/**
 * The status questions of clients before 1.7.
 *
 * @param {{where: string, port: number, motd: string, routed?: {host: string, motd: string}}} where the answer without a route, and a
 *     host name that leads to a server with the answer of that server
 */
async function answersLegacyPings (report, { where, port, motd, routed }) {
  const options = { enableSRV: false, timeout: 10_000 }
  const expect = (wanted, { motd: seen, players }) => {
    const raw = seen.raw ?? seen
    assert.ok(raw.includes(wanted), `motd ${JSON.stringify(raw)}`)
    assert.ok(Number.isInteger(players.max) && Number.isInteger(players.online), `players ${JSON.stringify(players)}`)
  }
  const steps = {
    FE: async () => expect(motd, await legacy.statusFE('127.0.0.1', port, options)),
    'FE 01': async () => expect(motd, await legacy.statusFE01('127.0.0.1', port, options)),
    'FE 01 FA': async () => expect(motd, await legacy.statusFE01FA('127.0.0.1', port, options))
  }
  if (routed) steps['FE 01 FA, routed'] = async () => expect(routed.motd, await statusOf16(routed.host, port))
  await report.row('legacy ping', where, steps, { independent: Object.keys(steps) })
}

// The question of a 1.6 client. minecraft-server-util writes its texts in one byte per character, where the game writes
// two, so that no server can read the host name.
function statusOf16 (host, port) {
  const utf16 = text => Buffer.from(text, 'utf16le').swap16()
  const counted = text => Buffer.concat([u16(text.length), utf16(text)])
  const rest = Buffer.concat([Buffer.from([74]), counted(host), Buffer.from([0, 0, port >> 8, port & 0xff])])
  const question = Buffer.concat([Buffer.from([0xfe, 1, 0xfa]), counted('MC|PingHost'), u16(rest.length), rest])
  return new Promise((resolve, reject) => {
    const answer = []
    const socket = net.connect(port, '127.0.0.1', () => socket.write(question))
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer within 10 s')))
    socket.on('error', reject)
    socket.on('data', chunk => answer.push(chunk))
    socket.on('end', () => {
      const [, , , motd, online, max] = Buffer.concat(answer).subarray(3).swap16().toString('utf16le').split('\0')
      resolve({ motd: motd ?? '', players: { online: Number(online), max: Number(max) } })
    })
  })
}

function u16 (value) {
  return Buffer.from([value >> 8, value & 0xff])
}

/**
 * Players who stop reading while their server floods them. What they do not take has to wait at the server: the proxy's
 * memory stays where a flood that is read leaves it, and nothing is lost when the players read on.
 *
 * @param {{port: number, host: string, version: string, name: string, proxy: Process}} where
 */
async function holdsBack (report, { port, host, version, name, proxy }) {
  const stalled = 3
  const bytes = 48 * MEBI
  const allowed = 24 * MEBI
  const players = []
  const enter = async tag => {
    const player = new Player({ version, port, host, username: playerName(version, tag) })
    players.push(player)
    await player.join()
    await player.hears('welcome to')
    return player
  }
  let before
  await report.row('stops reading', name, {
    'reads a flood': async () => {
      const reader = await enter('R')
      const read = reader.readFlood()
      reader.send('flood', String(bytes))
      assert.equal(await read, bytes)
      await reader.leave()
    },
    'memory, before': async () => {
      before = proxy.residentBytes()
      return `${Math.round(before / MEBI)} MiB`
    },
    'memory, growth': async () => {
      for (let n = 0; n < stalled; n++) {
        const player = await enter(`S${n}`)
        player.stopReading()
        player.send('flood', String(bytes))
      }
      let most = before
      for (let n = 0; n < 24; n++) {
        await sleep(250)
        most = Math.max(most, proxy.residentBytes())
      }
      const grown = most - before
      assert.ok(grown < allowed, `${stalled} players with ${bytes / MEBI} MiB each under way: grew by ${Math.round(grown / MEBI)} MiB`)
      return `${(grown / MEBI).toFixed(1)} MiB`
    },
    'reads on': async () => {
      for (const player of players.slice(1)) assert.equal(await player.readFlood(), bytes)
    }
  })
  for (const player of players) player.abandon()
}

/** Without configuration: a player stands in the void, is greeted, stays, and the folder is as it was. */
async function walksIntoTheVoid (report, { port, version, folder }) {
  const username = playerName(version, 'V')
  let player
  await report.row('no configuration', version, {
    ping: async () => {
      const status = await ping({ version, port })
      assert.equal(status.version.protocol, protocolOf(version), 'protocol number')
    },
    join: async () => {
      player = new Player({ version, port, username })
      await player.join()
    },
    greeting: async () => { await player.hears(`Welcome, ${username}!`) },
    'stays 12 s': async () => {
      await sleep(12_000)
      assert.equal(player.ending, undefined, JSON.stringify(player.ending))
    },
    leave: () => player.leave(),
    'folder stays empty': async () => assert.deepEqual(fs.readdirSync(folder), [])
  }, { independent: ['ping', 'greeting', 'stays 12 s'] })
  player?.abandon()
}

/** Every file that is no plugin for this proxy has one line in the log, and so has every plugin that does not start. */
async function refusesBrokenPlugins (report, { proxy, refused, failed }) {
  // Lines are written by a thread of their own, so the port may be open before they are there; this is the start's last.
  await proxy.says('Ready on')
  const lines = proxy.output().split('\n')
  const steps = {}
  for (const file of refused) {
    steps[file.replace('.wasm', '')] = async () => {
      const about = lines.filter(line => line.includes(file))
      assert.equal(about.length, 1, `lines in the log: ${JSON.stringify(about)}`)
    }
  }
  for (const [id, reason] of Object.entries(failed)) {
    steps[id] = async () => {
      const about = lines.filter(line => line.includes(id) && /\b(WARN|ERROR)\b/.test(line))
      // The whole start is shown, but for the long line that lists the servers: what is missing there says why.
      const start = lines.slice(0, 30).filter(line => line.length < 1000).join('\n')
      assert.equal(about.length, 1, `lines about ${id}: ${JSON.stringify(about)} in the log:\n${start}`)
      assert.ok(about[0].includes(reason), about[0])
    }
  }
  // One after the other in rows of their own: the first that fails would hide the others.
  for (const [name, step] of Object.entries(steps)) await report.row('refused plugins', name, { 'one line': step })
}

module.exports = { plays, isKeptOut, isNotVerified, spawns, isStrict, answersLegacyPings, holdsBack, walksIntoTheVoid, refusesBrokenPlugins }
