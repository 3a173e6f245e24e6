'use strict'

// Stands in for Mojang's session server: it knows every player but those whose name begins with "Stranger".

const crypto = require('node:crypto')
const http = require('node:http')

/** What it knows about a player. */
function profileOf (name) {
  const id = crypto.createHash('md5').update(name).digest('hex')
  return { id, name, properties: [{ name: 'textures', value: 'e30=', signature: 'c2ln' }] }
}

/**
 * Starts it; the server's process ends with ours.
 *
 * @param {{from?: string}} options `from`: players are known only from this address
 */
function startSessionServer ({ from } = {}) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost')
    const name = url.searchParams.get('username')
    if (url.pathname !== '/session/minecraft/hasJoined' || !name || !url.searchParams.get('serverId')) {
      response.writeHead(400).end()
    } else if (name.startsWith('Stranger') || (from && url.searchParams.get('ip') !== from)) {
      response.writeHead(204).end()
    } else {
      response.writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(profileOf(name)))
    }
  })
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      server.unref()
      resolve(`http://127.0.0.1:${server.address().port}`)
    })
  })
}

module.exports = { startSessionServer, profileOf }
