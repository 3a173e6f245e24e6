'use strict'

// A proxy that has one of the plugins of these tests among its modules, which does over HTTP what a test asks for.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { Process, freePort } = require('./processes')
const { startSessionServer } = require('./session-server')

const root = path.resolve(__dirname, '../..')

/**
 * Builds `e2e/NAME` into a copy of the distribution and starts that.
 *
 * @param {string} name of the folder, and in capitals of the class
 * @param {{folder: string, config?: string[], servers: Object<string, string[]>, log: string}} options `folder`: an empty one for the
 *     configuration; `config`: further lines of it; `servers`: the lines of each server's file, by its id
 * @returns {Promise<{proxy: Process, port: number, ask: (what: string) => Promise<string>}>}
 */
async function startWithPlugin (name, { folder, config = [], servers, log }) {
  const home = path.join(root, 'e2e/target', `with-${name}`)
  fs.rmSync(home, { recursive: true, force: true })
  fs.cpSync(path.join(root, 'distribution/target/infrarust'), home, { recursive: true })
  const sources = path.join(root, 'e2e', name, 'src')
  execFileSync(process.env.E2E_JAVA + 'c', [
    '-d', path.join(home, `lib/infrarust.e2e.${name}`),
    '--module-path', path.join(home, 'lib'),
    path.join(sources, 'module-info.java'),
    path.join(sources, 'infrarust/e2e', name, `${name[0].toUpperCase()}${name.slice(1)}.java`)
  ])
  const [port, control] = [await freePort(), await freePort()]
  fs.mkdirSync(path.join(folder, 'servers'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'infrarust.toml'), [
    `bind = "127.0.0.1:${port}"`,
    '[auth]',
    `session_url = "${await startSessionServer()}"`,
    ...config,
    ''
  ].join('\n'))
  for (const [id, lines] of Object.entries(servers)) {
    fs.writeFileSync(path.join(folder, 'servers', `${id}.toml`), [`id = "${id}"`, ...lines, ''].join('\n'))
  }
  const proxy = new Process(path.join(home, 'bin/infrarust'), ['-c', 'infrarust.toml'], {
    cwd: folder,
    log,
    env: { INFRARUST_JAVA_OPTS: `-De2e.${name}=${control}`, INFRARUST_AOT: 'off' }
  })
  await proxy.listens(port)
  await proxy.listens(control)
  const ask = async what => (await fetch(`http://127.0.0.1:${control}/${what}`)).text()
  return { proxy, port, ask }
}

module.exports = { startWithPlugin }
