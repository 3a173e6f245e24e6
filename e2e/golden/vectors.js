'use strict'

// Prints the bytes that node-minecraft-protocol writes for each packet of a list (`packets`, `leftovers`, `commands`), without
// the packet's id: one line per run of versions with the same bytes. What it writes it has to be able to read.

const assert = require('node:assert/strict')
const { createDeserializer, createSerializer } = require('minecraft-protocol')
const { known, id } = require('./versions')

function afterVarInt (bytes) {
  return bytes.subarray(bytes.findIndex(byte => byte < 0x80) + 1)
}

const made = new Map()

function codec (version, state, to) {
  const key = `${version.name} ${state} ${to}`
  if (!made.has(key)) {
    made.set(key, {
      serializer: createSerializer({ state, isServer: to === 'toClient', version: version.name }),
      deserializer: createDeserializer({ state, isServer: to === 'toServer', version: version.name })
    })
  }
  return made.get(key)
}

/** The hexadecimal body in one version; undefined where the version has no such packet. */
function body (version, { name, state, to, packet, content, since = 0, until = Infinity }) {
  if (version.number < since || version.number > until || id(version, state, to, packet) === undefined) return undefined
  try {
    const { serializer, deserializer } = codec(version, state, to)
    const bytes = serializer.createPacketBuffer({ name: packet, params: content(version.number) })
    const again = deserializer.parsePacketBuffer(bytes)
    assert.equal(again.metadata.size, bytes.length, 'bytes left over')
    assert.deepEqual(serializer.createPacketBuffer(again.data), bytes)
    return afterVarInt(bytes).toString('hex')
  } catch (error) {
    throw new Error(`${name} of protocol ${version.number}: ${error.message}`, { cause: error })
  }
}

function main (list) {
  const packets = require(`./${list}`)
  const versions = known()
  versions.forEach(version => packets.prepare?.(version.number))
  console.log(`# What node-minecraft-protocol writes for the packets of e2e/golden/${list}.js, without their ids; written by`)
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

main(process.argv[2])
