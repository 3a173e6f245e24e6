'use strict'

// Prints a session at the proxy's console, as the README shows it: what a terminal of 110 columns holds after a few commands were
// typed while three players are on two servers. `node e2e/src/record.js`, after `e2e/run console` has fetched what it needs.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { Terminal, startServer } = require('./console')
const { Player } = require('./player')
const { freePort, sleep } = require('./processes')
const { launcher } = require('./proxy')

const VERSION = '1.20.4'

async function record () {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'infrarust-record-'))
  const lobby = await startServer()
  const games = await startServer()
  const nobody = await freePort()
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'))
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), `bind = "127.0.0.1:${port}"\n[active_health]\ntimeout = "1s"\n`)
  const server = (id, domains, addresses) => fs.writeFileSync(path.join(folder, 'servers', `${id}.toml`), [
    `domains = ${JSON.stringify(domains)}`,
    `addresses = ${JSON.stringify(addresses.map(one => `127.0.0.1:${one}`))}`,
    'proxy_mode = "offline"', 'network = "main"', 'balance = "least_conn"', ''].join('\n'))
  server('lobby', ['lobby.example.org'], [lobby.port])
  server('games', ['*.example.org'], [nobody, games.port])
  const terminal = new Terminal(folder, `${launcher} -c infrarust.toml`, { INFRARUST_CACHE: path.join(folder, 'cache'), INFRARUST_AOT: 'off' })
  const players = []
  const come = async (username, host) => {
    const player = new Player({ version: VERSION, port, host, username })
    players.push(player)
    await player.join()
  }
  try {
    await terminal.shows('Ready on')
    await come('Bob', 'lobby.example.org')
    await come('Eve', 'lobby.example.org')
    for (const name of ['Ann', 'Cid', 'Dan']) { // the address where nobody is fails three times
      await come(name, 'games.example.org')
    }
    await terminal.shows('is left out')
    await terminal.enter('list')
    await terminal.enter('kik Eve')
    await terminal.enter('kick Evee')
    await terminal.enter('kick Eve Too loud')
    await terminal.prompts('>')
    terminal.type('send Bob gam')
    terminal.press('Tab')
    await terminal.prompts('> send Bob games')
    terminal.press('Enter')
    await terminal.shows('Bob is on')
    await terminal.enter('route explain games.example.org')
    await sleep(200)
    process.stdout.write(terminal.screen('-S', '-') + '\n')
  } finally {
    players.forEach(player => player.abandon())
    terminal.close()
    lobby.close()
    games.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

record().then(() => process.exit(0), error => {
  console.error(error)
  process.exit(1)
})
