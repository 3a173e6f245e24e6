'use strict'

// What servers put into a client that stays there when the player goes to another one, and what takes it out again: entries
// as in packets.js. "add" and "gone" are the server's, the proxy reads them; "clear" is what it writes, about Carol.

const { json, field } = require('./text')

const ALICE = '00000000-0000-0001-0000-000000000002'
const CAROL = '00000000-0000-0003-0000-000000000004'
const KEY = Buffer.from('30819f0a0b0c', 'hex')
const SIGNATURE = Buffer.from('f0'.repeat(130), 'hex')
const NOTHING = JSON.stringify({ text: '' })

function profile (name, properties) {
  return { name, properties }
}

const SKIN = [{ name: 'textures', value: 'dGV4dHVyZXM=', signature: 'c2lnbmF0dXJl' }, { name: 'forgeClient', value: 'true' }]

/** Two players, the first with all that there may be, the other with none of it. */
function twoPlayers (protocol) {
  const alice = profile('Alice', SKIN)
  const carol = profile('Carol', [])
  if (protocol < 761) {
    return {
      action: 'add_player',
      data: [
        {
          uuid: ALICE,
          ...alice,
          gamemode: 2,
          ping: 300,
          displayName: json(protocol),
          crypto: { timestamp: 0x0123456789abcdefn, publicKey: KEY, signature: SIGNATURE }
        },
        { uuid: CAROL, ...carol, gamemode: 0, ping: 0 }
      ]
    }
  }
  return {
    action: {
      add_player: true,
      initialize_chat: true,
      update_game_mode: true,
      update_listed: true,
      update_latency: true,
      update_display_name: true
    },
    data: [
      {
        uuid: ALICE,
        player: alice,
        chatSession: { uuid: CAROL, publicKey: { expireTime: 0x0123456789abcdefn, keyBytes: KEY, keySignature: SIGNATURE } },
        gamemode: 2,
        listed: 1,
        latency: 300,
        displayName: json(protocol)
      },
      { uuid: CAROL, player: carol, gamemode: 0, listed: 1, latency: 0 }
    ]
  }
}

function without (player) {
  return protocol => protocol < 761 ? { action: 'remove_player', data: [{ uuid: player }] } : { players: [player] }
}

// A client of 1.20.2 or newer forgets all but its resource packs.
const until = 763
const play = (name, packet, content, more) => ({ name, state: 'play', to: 'toClient', packet, content, until, ...more })
const pack = () => ({ uuid: CAROL, url: 'https://example.org/pack.zip', hash: 'ab'.repeat(20), forced: true })

module.exports = [
  play('tab_list.add', 'player_info', () => ({ playerName: 'Carol', online: true, ping: 300 }), { until: 5 }),
  play('tab_list.clear', 'player_info', () => ({ playerName: 'Carol', online: false, ping: 0 }), { until: 5 }),
  play('tab_list.add', 'player_info', twoPlayers, { since: 47 }),
  play('tab_list.gone', 'player_info', without(ALICE), { since: 47, until: 760 }),
  play('tab_list.gone', 'player_remove', without(ALICE), { since: 761 }),
  play('tab_list.clear', 'player_info', without(CAROL), { since: 47, until: 760 }),
  play('tab_list.clear', 'player_remove', without(CAROL), { since: 761 }),
  play('boss_bar.add', 'boss_bar', protocol => ({
    entityUUID: CAROL, action: 0, title: json(protocol), health: 0.5, color: 2, dividers: 1, flags: 3
  })),
  play('boss_bar.clear', 'boss_bar', () => ({ entityUUID: CAROL, action: 1 })),
  // The numbers are those that hide the title and forget it: one higher since there are texts above the hotbar.
  play('titles.clear', 'title', protocol => ({ action: protocol < 315 ? 4 : 5 })),
  play('titles.clear', 'clear_titles', () => ({ reset: true })),
  play('tab_list_header.clear', 'playerlist_header', () => ({ header: NOTHING, footer: NOTHING })),
  play('resource_pack.add', 'add_resource_pack', protocol => ({ ...pack(), promptMessage: field(protocol) }), { until: Infinity }),
  {
    name: 'resource_pack.clear',
    state: 'configuration',
    to: 'toClient',
    packet: 'remove_resource_pack',
    content: () => ({ uuid: CAROL })
  }
]
