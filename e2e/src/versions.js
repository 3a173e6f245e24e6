'use strict'

// The Minecraft versions that the tests speak, by the names that node-minecraft-protocol gives them. The short list
// has one of every way in which login, chat and registries changed; E2E_VERSIONS=all takes everything the client can.

const minecraftData = require('minecraft-data')
const { supportedVersions } = require('minecraft-protocol')

const SHORT = ['1.8.8', '1.12.2', '1.16.5', '1.18.2', '1.20.1', '1.20.4', '1.21.4', '26.1']

function chosen () {
  const wish = process.env.E2E_VERSIONS
  if (!wish) return SHORT
  if (wish === 'all') return supportedVersions
  return wish.split(',')
}

function protocolOf (version) {
  return minecraftData(version).version.version
}

// Channel names got a namespace with 1.13.
function channel (version, name) {
  return protocolOf(version) < 385 ? `E2E|${name.toUpperCase()}` : `e2e:${name}`
}

// A player name of at most 16 characters that no other step of the same run uses.
function playerName (version, tag) {
  return `${tag}_${version.replaceAll('.', '_')}`.slice(0, 16)
}

module.exports = { chosen, newest: SHORT.at(-1), protocolOf, channel, playerName }
