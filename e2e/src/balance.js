'use strict'

// One server with several addresses: a server process is killed and started again while players come and go.

const assert = require('node:assert/strict')
const path = require('node:path')
const { Player, ping } = require('./player')
const { Process, freePort, sleep } = require('./processes')

const VERSION = '1.20.4'
const BACK_MILLIS = 15_000

/** One address: a server process that can be killed and started again on the same port. */
class ServerAddress {
  constructor (run, name, port) {
    this.run = run
    this.name = name
    this.port = port
    this.starts = 0
  }

  async start () {
    const log = path.join(this.run, `balance-${this.name}-${++this.starts}.log`)
    this.process = new Process(process.execPath, [path.join(__dirname, 'backend.js'), `${VERSION}:off:${this.port}:${this.name}`], { log })
    await this.process.listens(this.port)
  }

  async kill () {
    this.process.child.kill('SIGKILL')
    await this.process.exited
  }
}

async function startAddress (run, name) {
  const address = new ServerAddress(run, name, await freePort())
  await address.start()
  return address
}

/**
 * Players take turns on the addresses of a server, and do so without one of them while it is away.
 *
 * @param {{mode: string, port: number, host: string, proxy: Process, addresses: ServerAddress[]}} where
 */
async function survivesItsServers (report, { mode, port, host, proxy, addresses }) {
  const version = VERSION
  const [one, two, three] = addresses
  const lines = text => proxy.output().split('\n').filter(line => line.includes(`Server ${mode}: 127.0.0.1:${two.port} ${text}`)).length
  const players = []
  let count = 0
  // Joins and tells by which server the player was welcomed.
  const join = async () => {
    const player = new Player({ version, port, host, username: `B_${mode}_${++count}`.slice(-16) })
    players.push(player)
    await player.join()
    const welcome = await player.hears('welcome to ')
    player.on = addresses.find(each => welcome.includes(`welcome to ${each.name}`))?.name
    return player.on
  }
  const joinSome = async some => {
    const names = []
    for (let i = 0; i < some; i++) names.push(await join())
    return names
  }
  await report.row('balance, round_robin', mode, {
    'take turns': async () => {
      const names = await joinSome(6)
      for (const { name } of addresses) assert.equal(names.filter(each => each === name).length, 2, names.join())
    },
    'one is killed': async () => {
      await two.kill()
      for (const player of players.filter(player => player.on === two.name)) await player.ends()
    },
    'its line in the log': async () => {
      await join()
      await join()
      await join()
      await proxy.says(`Server ${mode}: 127.0.0.1:${two.port} is left out`)
    },
    'others take over': async () => {
      const names = await joinSome(4)
      assert.deepEqual([...names].sort(), [one.name, one.name, three.name, three.name].sort(), names.join())
    },
    'the rest stayed': async () => {
      for (const player of players.filter(player => player.on !== two.name)) {
        assert.equal(player.ending, undefined)
        player.say('still here')
        await player.hears('heard still here')
      }
    },
    ping: async () => { await ping({ version, port, host }) },
    'it is back': async () => {
      await two.start()
      await proxy.says(`Server ${mode}: 127.0.0.1:${two.port} is back`, BACK_MILLIS)
      const names = await joinSome(6)
      assert.equal(names.filter(each => each === two.name).length, 2, names.join())
    },
    'one line each': async () => {
      await sleep(1_500) // another look would have come
      assert.deepEqual([lines('is left out'), lines('is back')], [1, 1])
    },
    leave: async () => { for (const player of players.filter(each => each.ending === undefined)) await player.leave() }
  }, { independent: ['the rest stayed', 'ping', 'one line each'] })
  for (const player of players) player.abandon()
}

module.exports = { startAddress, survivesItsServers }
