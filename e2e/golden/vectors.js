'use strict'

// Prints the bytes that node-minecraft-protocol writes for each packet of packets.js, without the packet's id: one line per
// run of versions with the same bytes.

const { createSerializer } = require('minecraft-protocol')
const { known, id } = require('./versions')
const packets = require('./packets')

function afterVarInt (bytes) {
  return bytes.subarray(bytes.findIndex(byte => byte < 0x80) + 1)
}

const serializers = new Map()

function serializer (version, state, to) {
  const key = `${version.name} ${state} ${to}`
  if (!serializers.has(key)) {
    serializers.set(key, createSerializer({ state, isServer: to === 'toClient', version: version.name }))
  }
  return serializers.get(key)
}

/** The hexadecimal body in one version; undefined where the version has no such packet. */
function body (version, { name, state, to, packet, content, since = 0, until = Infinity }) {
  if (version.number < since || version.number > until || id(version, state, to, packet) === undefined) return undefined
  try {
    const bytes = serializer(version, state, to).createPacketBuffer({ name: packet, params: content(version.number) })
    return afterVarInt(bytes).toString('hex')
  } catch (error) {
    throw new Error(`${name} of protocol ${version.number}: ${error.message}`, { cause: error })
  }
}

function main () {
  const versions = known()
  console.log('# What node-minecraft-protocol writes for the packets of e2e/golden/packets.js, without their ids; written by')
  console.log('# e2e/golden/generate. Packet, first and last protocol number with these bytes, bytes ("-": none).')
  for (const packet of packets) {
    const runs = []
    for (const version of versions) {
      const hex = body(version, packet)
      const last = runs.at(-1)
      if (last && last.hex === hex) last.until = version.number
      else runs.push({ since: version.number, until: version.number, hex })
    }
    for (const { since, until, hex } of runs) {
      if (hex !== undefined) console.log(`${packet.name} ${since}-${until} ${hex || '-'}`)
    }
  }
}

main()
