'use strict'

// The releases whose packets minecraft-data describes, one per protocol number, oldest first. Some are described only by a
// snapshot with the release's number; that counts.

const minecraftData = require('minecraft-data')
const { pc } = require('minecraft-data/minecraft-data/data/dataPaths.json')

const RELEASE = /^\d+(\.\d+)+$/

// The protocol numbers before 1.7 were used again.
const released = new Set(minecraftData.versions.pc
  .filter(version => version.usesNetty && RELEASE.test(version.minecraftVersion))
  .map(version => version.version))

function known () {
  const byNumber = new Map()
  for (const name of Object.keys(pc)) {
    if (!pc[name].protocol || !pc[name].version) continue
    const data = minecraftData(name)
    const number = data?.version?.version
    if (!data?.protocol || name === '0.30c' || !released.has(number)) continue
    if (!byNumber.has(number) || !RELEASE.test(byNumber.get(number).name)) {
      byNumber.set(number, { name, number, protocol: data.protocol })
    }
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number)
}

/** Names by id, such as { '0x00': 'keep_alive' }, of one state and direction; undefined where the version has no such state. */
function mappings (version, state, direction) {
  return version.protocol[state]?.[direction]?.types.packet[1][0].type[1].mappings
}

/** The id of a packet, or undefined. */
function id (version, state, direction, name) {
  const found = Object.entries(mappings(version, state, direction) ?? {}).find(([, packet]) => packet === name)
  return found && Number(found[0])
}

/** The types that a protocol number has for all states. */
function types (number) {
  return known().find(version => version.number === number).protocol.types
}

module.exports = { known, id, mappings, types }
