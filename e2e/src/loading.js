'use strict'

// Plugin jars as an operator uses them: built from the template, replaced while players are connected.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { Player } = require('./player')
const { Process, freePort, sleep } = require('./processes')
const { guest, launcher } = require('./proxy')
const { playerName } = require('./versions')

const root = path.resolve(__dirname, '../..')
const target = path.resolve(__dirname, '../target')
const HOST = 'loading.e2e.test'
const REFUSED = 'This proxy is reloading a part that decides who may come in.'

/** The template builds with the commands that its README gives, and the proxy loads what comes of it. */
async function buildsTheTemplate (report, { run, version, backend }) {
  const folder = path.join(run, 'template')
  const copy = path.join(folder, 'plugin')
  let proxy
  await report.row('template', 'docs/plugin-template', {
    'api installed': () => maven(['-f', path.join(root, 'pom.xml'), '-pl', 'infrarust.api', '-am', '-DskipTests', 'install']),
    build: () => {
      fs.cpSync(path.join(root, 'docs/plugin-template'), copy, { recursive: true, filter: each => path.basename(each) !== 'target' })
      return maven(['-f', path.join(copy, 'pom.xml'), 'package'])
    },
    load: async () => {
      proxy = await startWith(path.join(folder, 'proxy'), { 'greeting.jar': path.join(copy, 'target/greeting.jar') }, { backend, log: path.join(run, 'template.log') })
      await proxy.says('Plugin enabled: greeting 1.0.0 (greeting.jar')
    },
    greets: async () => {
      const player = new Player({ version, port: proxy.port, host: HOST, username: playerName(version, 'T') })
      await player.join()
      await player.hears('Good to see you, ')
      player.say('/greeting')
      await player.hears('Good to see you, {player}!')
      await player.leave()
    }
  })
  await proxy?.stop()
}

// In a repository of its own, so that nothing is left in the user's.
async function maven (args) {
  const repository = path.join(os.homedir(), '.m2/repository')
  execFileSync(path.join(root, 'mvnw'), [
    '-q', '-B',
    `-Dmaven.repo.local=${path.join(target, 'repository')}`,
    `-Dmaven.repo.local.tail=${repository}`,
    '-Dmaven.repo.local.tail.ignoreAvailability=true',
    ...args
  ], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
}

/** A plugin jar is replaced and reloaded while a player is connected; nobody slips in meanwhile. */
async function reloadsPlugins (report, { run, version, backend }) {
  const folder = path.join(run, 'loading')
  const jars = { 1: await buildGate(folder, '1'), 2: await buildGate(folder, '2') }
  const proxy = await startWith(path.join(folder, 'proxy'), { 'gate.jar': jars[1], 'greeter.wasm': path.join(guest, 'plugins/greeter/greeter.wasm') },
    { backend, log: path.join(run, 'loading.log') })
  const plugins = path.join(folder, 'proxy/plugins')
  const hold = path.join(plugins, 'gate/hold')
  const join = async (name, text) => {
    const player = new Player({ version, port: proxy.port, host: HOST, username: name })
    await player.join()
    await player.hears(text)
    return player
  }
  const comesAndGoes = async (name, text) => { await (await join(name, text)).leave() }
  let staying
  let word = 0
  const stays = async () => {
    word++
    staying.say(`word${word}`)
    await staying.hears(`heard word${word}`)
  }
  await report.row('plugin-reload', `${version}, offline`, {
    join: async () => { staying = await join('Stays', 'gate 1'); await stays() },
    'reload begins': async () => {
      fs.mkdirSync(path.dirname(hold), { recursive: true })
      fs.writeFileSync(hold, '')
      fs.copyFileSync(jars[2], path.join(plugins, 'gate.jar'))
      proxy.operate('plugin reload gate')
      await sleep(1_000)
    },
    'joining is refused': async () => {
      const player = new Player({ version, port: proxy.port, host: HOST, username: 'Early' })
      await assert.rejects(player.join(), error => error.message.includes(REFUSED))
      player.abandon()
      await proxy.says("PreLoginEvent is denied until plugin 'gate', which listens to it, runs again")
    },
    'the player stays': stays,
    'new code': async () => {
      fs.rmSync(hold)
      await proxy.says('Plugin enabled: gate 2')
      await comesAndGoes('Later', 'gate 2')
    },
    'who is kept out': async () => {
      const player = new Player({ version, port: proxy.port, host: HOST, username: 'Griefer' })
      await assert.rejects(player.join(), error => error.message.includes('not here'))
      player.abandon()
    },
    'a broken file': async () => {
      fs.writeFileSync(path.join(plugins, 'gate.jar'), 'half a jar')
      proxy.operate('plugin reload gate')
      await proxy.says('gate.jar: it is no jar, or was not copied whole')
      await comesAndGoes('Latest', 'gate 2')
    },
    'a component': async () => {
      const before = count(proxy.output(), 'Plugin enabled: greeter')
      proxy.operate('plugin reload greeter')
      const deadline = Date.now() + 20_000
      while (count(proxy.output(), 'Plugin enabled: greeter') === before) {
        assert.ok(Date.now() < deadline, 'the component is not enabled again')
        await sleep(50)
      }
      await comesAndGoes('Greeted', 'Welcome, Greeted!')
    },
    'the player stayed': async () => { await stays(); await staying.leave() },
    'stops when told': async () => { assert.notEqual(await proxy.stop(), 'SIGKILL') }
  })
  staying?.abandon()
  await proxy.stop()
}

function count (text, part) {
  return text.split(part).length - 1
}

async function buildGate (folder, version) {
  const sources = path.join(folder, `gate-${version}`)
  fs.cpSync(path.join(root, 'e2e/gate/src'), sources, { recursive: true })
  const source = path.join(sources, 'infrarust/e2e/gate/Gate.java')
  fs.writeFileSync(source, fs.readFileSync(source, 'utf8').replaceAll('VERSION', version))
  const classes = path.join(sources, 'classes')
  execFileSync(process.env.E2E_JAVA + 'c', [
    '-d', classes,
    '--module-path', path.join(root, 'distribution/target/infrarust/lib'),
    path.join(sources, 'module-info.java'),
    source
  ])
  const jar = path.join(folder, `gate-${version}.jar`)
  execFileSync(path.join(path.dirname(process.env.E2E_JAVA), 'jar'), ['--create', '--file', jar, '-C', classes, '.'])
  return jar
}

// One server in the mode offline, with these files as plugins, and an operator at the standard input.
async function startWith (folder, plugins, { backend, log }) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'plugins'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), `bind = "127.0.0.1:${port}"\n[rate_limit]\nenabled = false\n`)
  fs.writeFileSync(path.join(folder, 'servers/lobby.toml'), [
    `domains = ["${HOST}"]`,
    `addresses = ["127.0.0.1:${backend}"]`,
    'proxy_mode = "offline"',
    ''
  ].join('\n'))
  for (const [name, source] of Object.entries(plugins)) fs.copyFileSync(source, path.join(folder, 'plugins', name))
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log, stdin: 'pipe' })
  proxy.port = port
  proxy.operate = line => proxy.child.stdin.write(`${line}\n`)
  await proxy.listens(port)
  return proxy
}

module.exports = { buildsTheTemplate, reloadsPlugins }
