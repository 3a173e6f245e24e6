'use strict'

// Players of mineflayer in the worlds of flying-squid, through sessions: real chunks, chat, and from one world to the other.

const assert = require('node:assert/strict')
const { fork } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const mineflayer = require('mineflayer')
const { launcher } = require('./proxy')
const { Process, freePort, sleep } = require('./processes')
const { playerName } = require('./versions')

const VERSIONS = ['1.8.8', '1.12.2', '1.16.5', '1.19.4', '1.20.6', '1.21.4']
const DEADLINE_MILLIS = 40_000

/** Each version's players enter one world, talk, go to another by a command of the proxy and leave. */
async function livesInWorlds (report, { run }) {
  const folder = path.join(run, 'squid')
  const worlds = await Promise.all(VERSIONS.flatMap(version => ['lobby', 'games'].map(name => startWorld(version, name))))
  const { proxy, port } = await startProxy(folder, worlds, path.join(run, 'squid.log'))
  try {
    for (const version of VERSIONS) await goesFromWorldToWorld(report, { version, port })
    await report.row('flying-squid: end', 'proxy', {
      'no fault': async () => { assert.ok(!/ERROR|Exception/.test(proxy.output()), 'the log has a fault') },
      'stops when told': async () => { assert.notEqual(await proxy.stop(), 'SIGKILL') }
    })
  } finally {
    for (const world of worlds) world.stop()
    await proxy.stop()
  }
}

async function startProxy (folder, worlds, log) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    '[permissions]',
    'player_commands = ["server"]',
    ''
  ].join('\n'))
  for (const { version, name, port: behind } of worlds) {
    const network = version.replaceAll('.', '_')
    fs.writeFileSync(path.join(folder, 'servers', `${name}-${network}.toml`), [
      ...(name === 'lobby' ? [`domains = ["${network}.squid.test"]`] : []),
      `addresses = ["127.0.0.1:${behind}"]`,
      'proxy_mode = "offline"',
      `network = "${network}"`,
      ''
    ].join('\n'))
  }
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

async function goesFromWorldToWorld (report, { version, port }) {
  const network = version.replaceAll('.', '_')
  const username = playerName(version, 'Q')
  const bot = mineflayer.createBot({
    host: '127.0.0.1', port, fakeHost: `${network}.squid.test`, version, username, auth: 'offline', hideErrors: true
  })
  const heard = []
  let chunks = 0
  let ending
  bot.on('messagestr', message => heard.push(message))
  bot._client.on('map_chunk', () => chunks++)
  bot._client.on('map_chunk_bulk', () => chunks++) // several in one packet, in 1.8
  bot.on('kicked', reason => { ending = `kicked: ${JSON.stringify(reason)}` })
  bot.on('error', error => { ending ??= error.message })
  bot.on('end', reason => { ending ??= `connection closed: ${reason}` })
  const until = async (what, seen) => {
    const deadline = Date.now() + DEADLINE_MILLIS
    while (!seen()) {
      if (ending) throw new Error(`${what}: ${ending}`)
      if (Date.now() > deadline) throw new Error(`${what}: nothing; heard: ${heard.join(' | ').slice(0, 200)}`)
      await sleep(20)
    }
  }
  await report.row('flying-squid, offline', version, {
    spawn: () => until('spawn', () => bot.entity?.position !== undefined && bot.health !== undefined),
    chunks: async () => {
      await until('chunks', () => chunks > 0)
      await until('the block underfoot', () => bot.blockAt(bot.entity.position.offset(0, -1, 0)) !== null)
    },
    chat: async () => {
      bot.chat('how deep is the water')
      await until('chat', () => heard.some(line => line.includes('how deep is the water')))
    },
    'other world': async () => {
      heard.length = 0
      chunks = 0
      bot.chat(`/infrarust server games-${network}`)
      await until('the proxy says so', () => heard.some(line => line.includes(`You are on games-${network} now`)))
      await until('chunks of the other world', () => chunks > 0)
    },
    'chat there': async () => {
      bot.chat('as deep as here')
      await until('chat there', () => heard.some(line => line.includes('as deep as here')))
    },
    leave: async () => {
      bot.quit()
      const deadline = Date.now() + 5_000
      while (!ending) {
        if (Date.now() > deadline) throw new Error('the connection stays open')
        await sleep(20)
      }
    }
  })
  bot.removeAllListeners('error')
  bot.on('error', () => {})
  bot._client.socket?.destroy()
}

// Each world in a process of its own, which says what it has to say to a file of its own.
async function startWorld (version, name) {
  const port = await freePort()
  const child = fork(__filename, [version, String(port)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', code => reject(new Error(`flying-squid ${version} ended with code ${code}`)))
  })
  return { version, name, port, stop: () => child.kill('SIGKILL') } // it has nothing to keep
}

function serve (version, port) {
  const server = require('flying-squid').createMCServer({
    motd: `A world of ${version}`,
    host: '127.0.0.1',
    port,
    version,
    'max-players': 10,
    'online-mode': false,
    logging: false,
    gameMode: 1,
    difficulty: 0,
    generation: { name: 'superflat', options: { worldHeight: 80 } },
    kickTimeout: 30_000,
    plugins: {},
    modpe: false,
    'view-distance': 2,
    'player-list-text': { header: { text: '' }, footer: { text: '' } },
    'everybody-op': true,
    'max-entities': 10
  })
  server.on('error', () => {}) // of players who leave
  server._server.on('error', () => {})
  server._server.once('listening', () => process.send('listening'))
}

module.exports = { livesInWorlds }

if (require.main === module) serve(process.argv[2], Number(process.argv[3]))
