'use strict'

// The proxy under test: a folder with its configuration, started by the launcher as an operator would.

const fs = require('node:fs')
const path = require('node:path')
const { Process, freePort } = require('./processes')
const { startSessionServer } = require('./session-server')

const root = path.resolve(__dirname, '../..')
const launcher = path.join(root, 'infrarust')
const guest = path.join(root, 'guest')

/** Ways to carry a connection, by the names of the configuration. */
const MODES = ['passthrough', 'zero_copy', 'offline', 'client_only']

/** Those in which the proxy knows the player. */
const INTERCEPTED = ['offline', 'client_only']

/** The host name by which a player asks for a server. */
function domain (mode, backend) {
  return `${mode.replace('_', '-')}.${backend.replaceAll('.', '-').replace(':', '.')}.e2e.test`
}

/**
 * Starts a proxy that leads to every backend in every mode, with the sample plugin.
 *
 * @param {string} folder an empty folder for configuration and plugins
 * @param {Object<string, number>} backends ports by `version:compression`
 * @param {{plugins?: Object<string, string>, denied?: string[], localhost?: string, log: string}} options further plugin
 *     files by name, the names that the sample plugin keeps out, and the backend to which the host name localhost leads
 */
async function startProxy (folder, backends, { plugins = {}, denied = [], localhost, log }) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'plugins/greeter'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    'servers_dir = "./servers"',
    'plugins_dir = "./plugins"',
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    '[permissions]',
    'player_commands = ["help", "version"]',
    ''
  ].join('\n'))
  for (const mode of MODES) {
    for (const [backend, backendPort] of Object.entries(backends)) {
      const host = domain(mode, backend)
      const domains = mode === 'passthrough' && backend === localhost ? [host, 'localhost'] : [host]
      fs.writeFileSync(path.join(folder, 'servers', `${host}.toml`), [
        `id = "${host}"`,
        `domains = ${JSON.stringify(domains)}`,
        `addresses = ["127.0.0.1:${backendPort}"]`,
        `proxy_mode = "${mode}"`,
        ''
      ].join('\n'))
    }
  }
  fs.copyFileSync(path.join(guest, 'plugins/greeter/greeter.wasm'), path.join(folder, 'plugins/greeter.wasm'))
  for (const [name, source] of Object.entries(plugins)) fs.copyFileSync(source, path.join(folder, 'plugins', name))
  fs.writeFileSync(path.join(folder, 'plugins/greeter/denied-names.txt'), `# kept out by the tests\n${denied.join('\n')}\n`)

  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

/**
 * Starts a proxy with one server for each mode, all of them with the same addresses in turn, whose health it looks at each second.
 *
 * @param {string} folder an empty folder for the configuration
 * @param {number[]} ports of the addresses
 */
async function startBalancer (folder, ports, { log }) {
  const port = await freePort()
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    'status_cache.ttl = "0s"',
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    '[active_health]',
    'unhealthy_interval = "1s"',
    'timeout = "1s"',
    ''
  ].join('\n'))
  for (const mode of MODES) {
    fs.writeFileSync(path.join(folder, 'servers', `${mode}.toml`), [
      `domains = ["${balancedDomain(mode)}"]`,
      `addresses = ${JSON.stringify(ports.map(each => `127.0.0.1:${each}`))}`,
      'balance = "round_robin"',
      `proxy_mode = "${mode}"`,
      ''
    ].join('\n'))
  }
  const proxy = new Process(launcher, ['-c', 'infrarust.toml'], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

/** The host name of the server of that mode that {@link startBalancer} makes. */
function balancedDomain (mode) {
  return `${mode.replace('_', '-')}.balanced.e2e.test`
}

/** Starts a proxy without any configuration, in an empty folder. */
async function startEmbedded (folder, { log }) {
  const port = await freePort()
  fs.mkdirSync(folder, { recursive: true })
  const proxy = new Process(launcher, ['-b', `127.0.0.1:${port}`], { cwd: folder, log })
  await proxy.listens(port)
  return { proxy, port }
}

module.exports = { launcher, MODES, INTERCEPTED, domain, guest, startProxy, startBalancer, balancedDomain, startEmbedded }
