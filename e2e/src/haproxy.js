'use strict'

// HAProxy on both sides of the proxy under test: in front it says whose connection it is, behind it reads what the proxy
// says about that and lets in only who it is to be.

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { Process, freePort } = require('./processes')

/** Whether it is installed; distributions put it where only administrators look. */
function find () {
  return ['haproxy', '/usr/sbin/haproxy', '/usr/local/sbin/haproxy']
    .find(command => spawnSync(command, ['-v']).status === 0)
}

/**
 * Starts it; the proxy under test must listen already, because HAProxy looks after its health.
 *
 * @param {string} command where it is
 * @param {{run: string, to: number, receiver: number, backend: number, only: string}} where ports: `to`: of the proxy under
 *     test; `receiver`: where it connects to; `backend`: of the server. `only`: the address that the header before a
 *     connection to the server has to name
 * @returns {Promise<{front: {v1: number, v2: number}, haproxy: Process}>} `front`: ports for players
 */
async function startHAProxy (command, { run, to, receiver, backend, only }) {
  const front = { v1: await freePort(), v2: await freePort() }
  const config = path.join(run, 'haproxy.cfg')
  const options = { v1: 'send-proxy', v2: 'send-proxy-v2' }
  fs.writeFileSync(config, [
    'defaults',
    '  mode tcp',
    '  timeout connect 5s',
    '  timeout client 60s',
    '  timeout server 60s',
    ...Object.entries(front).flatMap(([form, port]) => [
      `listen front_${form}`,
      `  bind 127.0.0.1:${port}`,
      `  server proxy 127.0.0.1:${to} ${options[form]} check check-send-proxy inter 500ms`
    ]),
    'listen receiver',
    `  bind 127.0.0.1:${receiver} accept-proxy`,
    `  tcp-request session reject if !{ src ${only} }`,
    `  server game 127.0.0.1:${backend}`,
    ''
  ].join('\n'))
  const haproxy = new Process(command, ['-db', '-f', config], { log: path.join(run, 'haproxy.log') })
  for (const port of [...Object.values(front), receiver]) await haproxy.listens(port)
  return { front, haproxy }
}

module.exports = { find, startHAProxy }
