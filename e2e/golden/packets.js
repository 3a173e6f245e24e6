'use strict'

// The packets with a golden vector, and what is in them. A packet is one entry here and one of the same name in
// GoldenPackets.java, with the same content.
//
//   name      as in GoldenPackets.java
//   state, to, packet   where minecraft-data has it, and under which name
//   content   protocol number → the fields as minecraft-data names them
//   since, until   only these protocol numbers (otherwise wherever the packet exists)

const { json, field, tag } = require('./text')

const UUID = '01234567-89ab-cdef-fedc-ba9876543210'
const NAME = 'Steve_0123456789'
const KEY = Buffer.from('30819f0a0b0c', 'hex')
const BYTES = Buffer.from('00017f80ff', 'hex')
const SIGNATURE = Buffer.from('f0'.repeat(130), 'hex') // its length takes two bytes as a VarInt
const LONG = 0x0123456789abcdefn
const INT = 0x01234567
const PLACE = { x: -1234567, y: -61, z: 7654321 }
const DEATH = { dimensionName: 'minecraft:the_nether', location: PLACE }

const PROPERTIES = [
  { name: 'textures', value: 'dGV4dHVyZXM=', signature: 'c2lnbmF0dXJl' },
  { name: 'forgeClient', value: 'true' }
]

function uuidField (protocol) {
  return protocol < 5 ? UUID.replaceAll('-', '') : UUID
}

function joinGame (protocol) {
  const worldState = {
    dimension: 3,
    name: 'minecraft:overworld',
    hashedSeed: LONG,
    gamemode: 'adventure',
    previousGamemode: 1,
    isDebug: true,
    isFlat: false,
    death: DEATH,
    portalCooldown: 300,
    seaLevel: -63
  }
  return {
    entityId: INT,
    isHardcore: true,
    worldNames: ['minecraft:overworld', 'minecraft:the_end'],
    maxPlayers: 1000,
    viewDistance: 10,
    simulationDistance: 8,
    reducedDebugInfo: false,
    enableRespawnScreen: true,
    doLimitedCrafting: false,
    worldState,
    enforcesSecureChat: true
  }
}

/** A chunk of air: two sections, all of biome 5. */
function emptyChunk (protocol) {
  const lengths = protocol < 770 ? [0] : []
  const fluids = protocol >= 775 ? [0, 0] : []
  const section = [0, 0, ...fluids, 0, 0, ...lengths, 0, 5, ...lengths]
  const heights = Array.from({ length: 37 }, () => 0n)
  const heightsOf = type => ({ type, data: heights })
  const longs = Array.from({ length: 37 }, () => [0, 0])
  return {
    x: -3,
    z: 70000,
    heightmaps: protocol < 770
      ? { type: 'compound', value: { MOTION_BLOCKING: { type: 'longArray', value: longs }, WORLD_SURFACE: { type: 'longArray', value: longs } } }
      : (protocol < 771 ? [1, 4, 5] : ['world_surface', 'motion_blocking', 'motion_blocking_no_leaves']).map(heightsOf),
    chunkData: Buffer.from([...section, ...section]),
    blockEntities: [],
    skyLightMask: [],
    blockLightMask: [],
    emptySkyLightMask: [0b1111n],
    emptyBlockLightMask: [0b1111n],
    skyLight: [],
    blockLight: []
  }
}

const OVERWORLD = 'minecraft:overworld'
const DIMENSION_TYPE = { type: 'compound', name: '', value: { a: { type: 'int', value: 1 } } }

/** Until 1.20.1; with the mark of hardcore worlds in the game mode until 1.16.1. */
function oldJoinGame (protocol) {
  return {
    entityId: INT,
    isHardcore: true,
    gameMode: protocol < 751 ? 8 | 2 : 2,
    previousGameMode: 1,
    worldNames: [OVERWORLD],
    dimensionCodec: { type: 'compound', name: '', value: { b: { type: 'string', value: 'c' } } },
    dimension: protocol < 735 ? -1 : protocol < 751 ? OVERWORLD : DIMENSION_TYPE,
    worldType: OVERWORLD,
    worldName: 'minecraft:lobby',
    hashedSeed: LONG,
    difficulty: 3,
    maxPlayers: 100,
    levelType: 'flat',
    viewDistance: 300,
    simulationDistance: 8,
    reducedDebugInfo: false,
    enableRespawnScreen: true,
    isDebug: true,
    isFlat: false,
    death: DEATH,
    portalCooldown: 300
  }
}

function respawn (protocol) {
  return {
    dimension: protocol < 735 ? -1 : protocol < 751 || protocol >= 759 ? OVERWORLD : DIMENSION_TYPE,
    worldName: 'minecraft:lobby',
    difficulty: 3,
    hashedSeed: LONG,
    gamemode: 2,
    previousGamemode: 1,
    levelType: 'flat',
    isDebug: true,
    isFlat: false,
    copyMetadata: false,
    death: DEATH,
    portalCooldown: 300
  }
}

const SIGNED = Buffer.from('5a'.repeat(256), 'hex')
const TIME = { timestamp: 1234567890123n, salt: LONG }
const ACKNOWLEDGED = { offset: 300, messageCount: 300, acknowledged: Buffer.from('0102f3', 'hex'), checksum: 7 }
const SEEN = {
  previousMessages: [{ messageSender: UUID, messageSignature: BYTES }],
  lastRejectedMessage: { sender: UUID, signature: BYTES }
}

const TIMES = { fadeIn: 10, stay: 300, fadeOut: 70000 }
const HASH = 'ab'.repeat(20)
const PACK = { uuid: UUID, url: 'https://example.org/pack.zip', hash: HASH, forced: true }

function bossBar (name, content) {
  return { name: `boss_bar.${name}`, state: 'play', to: 'toClient', packet: 'boss_bar', content: protocol => ({ entityUUID: UUID, ...content(protocol) }) }
}

/** Before 1.8, the cape is the only part of the skin that is told. */
function clientInformation (protocol) {
  return {
    locale: 'de_de',
    viewDistance: 12,
    chatFlags: 1,
    chatColors: true,
    difficulty: 0,
    showCape: false,
    skinParts: 0x7e,
    mainHand: 0,
    enableTextFiltering: true,
    enableServerListing: false,
    particleStatus: 'minimal'
  }
}

const relatives = protocol => protocol < 766 ? 0 : {}

const packets = [
  {
    name: 'handshake',
    state: 'handshaking',
    to: 'toServer',
    packet: 'set_protocol',
    content: () => ({ protocolVersion: 775, serverHost: 'play.example.org\0FML3\0', serverPort: 65535, nextState: 2 })
  },
  { name: 'status_request', state: 'status', to: 'toServer', packet: 'ping_start', content: () => ({}) },
  {
    name: 'login_start',
    state: 'login',
    to: 'toServer',
    packet: 'login_start',
    content: () => ({ username: NAME, playerUUID: UUID })
  },
  {
    name: 'login_start.key',
    state: 'login',
    to: 'toServer',
    packet: 'login_start',
    since: 759,
    until: 760,
    content: () => ({ username: NAME, signature: { timestamp: LONG, publicKey: KEY, signature: SIGNATURE } })
  },
  {
    name: 'encryption_request',
    state: 'login',
    to: 'toClient',
    packet: 'encryption_begin',
    content: () => ({ serverId: 'abc', publicKey: SIGNATURE, verifyToken: BYTES, shouldAuthenticate: true })
  },
  {
    name: 'encryption_response',
    state: 'login',
    to: 'toServer',
    packet: 'encryption_begin',
    content: () => ({ sharedSecret: SIGNATURE, hasVerifyToken: true, crypto: { verifyToken: BYTES }, verifyToken: BYTES })
  },
  {
    name: 'encryption_response.salted',
    state: 'login',
    to: 'toServer',
    packet: 'encryption_begin',
    since: 759,
    until: 760,
    content: () => ({ sharedSecret: BYTES, hasVerifyToken: false, crypto: { salt: LONG, messageSignature: SIGNATURE } })
  },
  {
    name: 'login_success',
    state: 'login',
    to: 'toClient',
    packet: 'success',
    content: protocol => ({ uuid: uuidField(protocol), username: NAME, properties: PROPERTIES, strictErrorHandling: false })
  },
  { name: 'set_compression', state: 'login', to: 'toClient', packet: 'compress', content: () => ({ threshold: 256 }) },
  { name: 'login_disconnect', state: 'login', to: 'toClient', packet: 'disconnect', content: protocol => ({ reason: json(protocol) }) },
  {
    name: 'login_plugin_request',
    state: 'login',
    to: 'toClient',
    packet: 'login_plugin_request',
    content: () => ({ messageId: INT, channel: 'velocity:player_info', data: BYTES })
  },
  {
    name: 'login_plugin_response',
    state: 'login',
    to: 'toServer',
    packet: 'login_plugin_response',
    content: () => ({ messageId: INT, data: BYTES })
  },
  {
    name: 'login_plugin_response.not_understood',
    state: 'login',
    to: 'toServer',
    packet: 'login_plugin_response',
    content: () => ({ messageId: 1 })
  },
  { name: 'login_cookie_request', state: 'login', to: 'toClient', packet: 'cookie_request', content: () => ({ cookie: 'example:token' }) },
  {
    name: 'login_cookie_response',
    state: 'login',
    to: 'toServer',
    packet: 'cookie_response',
    content: () => ({ key: 'example:token', value: BYTES })
  },
  {
    name: 'login_cookie_response.none',
    state: 'login',
    to: 'toServer',
    packet: 'cookie_response',
    content: () => ({ key: 'example:token' })
  },
  {
    name: 'configuration_disconnect',
    state: 'configuration',
    to: 'toClient',
    packet: 'disconnect',
    content: protocol => ({ reason: field(protocol) })
  },
  { name: 'play_disconnect', state: 'play', to: 'toClient', packet: 'kick_disconnect', content: protocol => ({ reason: field(protocol) }) },
  {
    name: 'chat_line',
    state: 'play',
    to: 'toClient',
    packet: 'chat',
    content: protocol => ({ message: json(protocol), position: 1, sender: '00000000-0000-0000-0000-000000000000' })
  },
  {
    name: 'system_chat_line',
    state: 'play',
    to: 'toClient',
    packet: 'system_chat',
    content: protocol => ({ content: field(protocol), type: 1, isActionBar: false })
  },
  {
    name: 'keep_alive_to_client',
    state: 'play',
    to: 'toClient',
    packet: 'keep_alive',
    content: protocol => ({ keepAliveId: protocol < 340 ? INT : LONG })
  },
  {
    name: 'keep_alive_to_server',
    state: 'play',
    to: 'toServer',
    packet: 'keep_alive',
    content: protocol => ({ keepAliveId: protocol < 340 ? -5 : -5n })
  },
  { name: 'configuration_keep_alive_to_client', state: 'configuration', to: 'toClient', packet: 'keep_alive', content: () => ({ keepAliveId: LONG }) },
  { name: 'configuration_keep_alive_to_server', state: 'configuration', to: 'toServer', packet: 'keep_alive', content: () => ({ keepAliveId: LONG }) },
  {
    name: 'configuration_plugin_message',
    state: 'configuration',
    to: 'toClient',
    packet: 'custom_payload',
    content: () => ({ channel: 'minecraft:brand', data: Buffer.from('\x09Infrarust') })
  },
  {
    name: 'known_packs_to_client',
    state: 'configuration',
    to: 'toClient',
    packet: 'select_known_packs',
    content: () => ({ packs: [{ namespace: 'minecraft', id: 'core', version: '1.21.11' }, { namespace: 'a', id: 'b', version: '' }] })
  },
  {
    name: 'known_packs_to_server',
    state: 'configuration',
    to: 'toServer',
    packet: 'select_known_packs',
    content: () => ({ packs: [{ namespace: 'minecraft', id: 'core', version: '26.1' }] })
  },
  {
    name: 'registry_entries',
    state: 'configuration',
    to: 'toClient',
    packet: 'registry_data',
    since: 766,
    content: () => ({
      id: 'minecraft:dimension_type',
      entries: [
        { key: 'minecraft:overworld' },
        { key: 'infrarust:void', value: tag({ height: 16, coordinate_scale: 1.5, has_skylight: true, infiniburn: '#a', tags: [{ a: 1 }, { b: 2 }] }) }
      ]
    })
  },
  {
    name: 'registry_tags',
    state: 'configuration',
    to: 'toClient',
    packet: 'tags',
    content: () => ({
      tags: [
        { tagType: 'minecraft:block', tags: [{ tagName: 'minecraft:wool', entries: [1, 300, 70000] }, { tagName: 'a:empty', entries: [] }] },
        { tagType: 'minecraft:fluid', tags: [] }
      ]
    })
  },
  {
    name: 'feature_flags',
    state: 'configuration',
    to: 'toClient',
    packet: 'feature_flags',
    content: () => ({ features: ['minecraft:vanilla', 'minecraft:trade_rebalance'] })
  },
  { name: 'finish_configuration', state: 'configuration', to: 'toClient', packet: 'finish_configuration', content: () => ({}) },
  { name: 'join_game', state: 'play', to: 'toClient', packet: 'login', since: 766, content: joinGame },
  {
    name: 'player_position',
    state: 'play',
    to: 'toClient',
    packet: 'position',
    since: 762,
    content: protocol => ({ x: 0.5, y: 64.25, z: -1e6, yaw: -90.5, pitch: 45, flags: relatives(protocol), teleportId: 300, dx: 0, dy: 0, dz: 0 })
  },
  {
    name: 'spawn_position',
    state: 'play',
    to: 'toClient',
    packet: 'spawn_position',
    since: 755,
    content: () => ({
      location: PLACE,
      angle: 12.5,
      globalPos: { dimensionName: 'minecraft:the_end', location: PLACE },
      yaw: 12.5,
      pitch: -3.25
    })
  },
  { name: 'center_chunk', state: 'play', to: 'toClient', packet: 'update_view_position', content: () => ({ chunkX: -3, chunkZ: 70000 }) },
  { name: 'chunk_batch_start', state: 'play', to: 'toClient', packet: 'chunk_batch_start', content: () => ({}) },
  { name: 'chunk_batch_finished', state: 'play', to: 'toClient', packet: 'chunk_batch_finished', content: () => ({ batchSize: 300 }) },
  { name: 'empty_chunk', state: 'play', to: 'toClient', packet: 'map_chunk', since: 764, content: emptyChunk },
  {
    name: 'game_event',
    state: 'play',
    to: 'toClient',
    packet: 'game_state_change',
    content: () => ({ reason: 'change_game_mode', gameMode: 2.5 })
  },
  {
    name: 'game_event.chunks_follow',
    state: 'play',
    to: 'toClient',
    packet: 'game_state_change',
    since: 765,
    content: () => ({ reason: 'level_chunks_load_start', gameMode: 0 })
  },
  { name: 'abilities', state: 'play', to: 'toClient', packet: 'abilities', content: () => ({ flags: 7, flyingSpeed: 0.05, walkingSpeed: 0.1 }) },
  { name: 'health', state: 'play', to: 'toClient', packet: 'update_health', content: () => ({ health: 19.5, food: 18, foodSaturation: 5 }) },
  { name: 'login_acknowledged', state: 'login', to: 'toServer', packet: 'login_acknowledged', content: () => ({}) },
  { name: 'start_configuration', state: 'play', to: 'toClient', packet: 'start_configuration', content: () => ({}) },
  { name: 'bundle_delimiter', state: 'play', to: 'toClient', packet: 'bundle_delimiter', content: () => ({}) },
  { name: 'numbered_join_game', state: 'play', to: 'toClient', packet: 'login', until: 734, content: oldJoinGame },
  { name: 'numbered_respawn', state: 'play', to: 'toClient', packet: 'respawn', until: 734, content: respawn },
  { name: 'named_join_game', state: 'play', to: 'toClient', packet: 'login', since: 735, until: 763, content: oldJoinGame },
  { name: 'named_respawn', state: 'play', to: 'toClient', packet: 'respawn', since: 735, until: 763, content: respawn },
  { name: 'chat_message', state: 'play', to: 'toServer', packet: 'chat', content: () => ({ message: 'Hä?' }) },
  {
    name: 'chat_message_keyed',
    state: 'play',
    to: 'toServer',
    packet: 'chat_message',
    until: 760,
    content: () => ({ message: 'Hä?', ...TIME, signature: SIGNATURE, signedPreview: true, ...SEEN })
  },
  {
    name: 'chat_message_session',
    state: 'play',
    to: 'toServer',
    packet: 'chat_message',
    since: 761,
    content: () => ({ message: 'Hä?', ...TIME, signature: SIGNED, ...ACKNOWLEDGED })
  },
  {
    name: 'chat_message_session.unsigned',
    state: 'play',
    to: 'toServer',
    packet: 'chat_message',
    since: 761,
    content: () => ({ message: 'Hä?', ...TIME, ...ACKNOWLEDGED })
  },
  {
    name: 'command_keyed',
    state: 'play',
    to: 'toServer',
    packet: 'chat_command',
    until: 760,
    content: () => ({ command: 'msg a b', ...TIME, argumentSignatures: [{ argumentName: 'message', signature: SIGNATURE }], signedPreview: true, ...SEEN })
  },
  {
    name: 'command_signed',
    state: 'play',
    to: 'toServer',
    packet: 'chat_command',
    since: 761,
    until: 765,
    content: () => ({ command: 'msg a b', ...TIME, argumentSignatures: [{ argumentName: 'message', signature: SIGNED }], ...ACKNOWLEDGED })
  },
  {
    name: 'command_signed.beside_unsigned',
    state: 'play',
    to: 'toServer',
    packet: 'chat_command_signed',
    content: () => ({ command: 'msg a b', ...TIME, argumentSignatures: [{ argumentName: 'message', signature: SIGNED }], ...ACKNOWLEDGED })
  },
  { name: 'command_unsigned', state: 'play', to: 'toServer', packet: 'chat_command', since: 766, content: () => ({ command: 'say hi' }) },
  { name: 'chat_acknowledgement', state: 'play', to: 'toServer', packet: 'message_acknowledgement', content: () => ({ ...SEEN, count: 300 }) },
  {
    name: 'tab_request',
    state: 'play',
    to: 'toServer',
    packet: 'tab_complete',
    content: () => ({ text: '/ms', block: PLACE, assumeCommand: true, lookedAtBlock: PLACE, transactionId: 300 })
  },
  { name: 'tab_words', state: 'play', to: 'toClient', packet: 'tab_complete', until: 392, content: () => ({ matches: ['/msg', 'Hä'] }) },
  {
    name: 'tab_suggestions',
    state: 'play',
    to: 'toClient',
    packet: 'tab_complete',
    since: 393,
    content: protocol => ({ transactionId: 300, start: 1, length: 2, matches: [{ match: 'msg' }, { match: 'me', tooltip: field(protocol) }] })
  },
  { name: 'title', state: 'play', to: 'toClient', packet: 'set_title_text', content: protocol => ({ text: field(protocol) }) },
  { name: 'subtitle', state: 'play', to: 'toClient', packet: 'set_title_subtitle', content: protocol => ({ text: field(protocol) }) },
  { name: 'action_bar', state: 'play', to: 'toClient', packet: 'action_bar', content: protocol => ({ text: field(protocol) }) },
  { name: 'title_legacy', state: 'play', to: 'toClient', packet: 'title', content: protocol => ({ action: 0, text: json(protocol) }) },
  { name: 'subtitle_legacy', state: 'play', to: 'toClient', packet: 'title', content: protocol => ({ action: 1, text: json(protocol) }) },
  { name: 'action_bar_legacy', state: 'play', to: 'toClient', packet: 'title', since: 315, content: protocol => ({ action: 2, text: json(protocol) }) },
  { name: 'action_bar_chat', state: 'play', to: 'toClient', packet: 'chat', since: 47, until: 314, content: protocol => ({ message: json(protocol), position: 2 }) },
  { name: 'title_times', state: 'play', to: 'toClient', packet: 'set_title_time', content: () => TIMES },
  { name: 'title_times_legacy', state: 'play', to: 'toClient', packet: 'title', content: protocol => ({ action: protocol < 315 ? 2 : 3, ...TIMES }) },
  { name: 'clear_titles', state: 'play', to: 'toClient', packet: 'clear_titles', content: () => ({ reset: false }) },
  { name: 'clear_titles_legacy', state: 'play', to: 'toClient', packet: 'title', content: protocol => ({ action: protocol < 315 ? 3 : 4 }) },
  { name: 'clear_titles_legacy.reset', state: 'play', to: 'toClient', packet: 'title', content: protocol => ({ action: protocol < 315 ? 4 : 5 }) },
  { name: 'tab_list_header', state: 'play', to: 'toClient', packet: 'playerlist_header', content: protocol => ({ header: field(protocol), footer: field(protocol) }) },
  bossBar('add', protocol => ({ action: 0, title: field(protocol), health: 0.5, color: 6, dividers: 4, flags: 7 })),
  bossBar('remove', () => ({ action: 1 })),
  bossBar('health', () => ({ action: 2, health: 0.25 })),
  bossBar('title', protocol => ({ action: 3, title: field(protocol) })),
  bossBar('style', () => ({ action: 4, color: 2, dividers: 1 })),
  bossBar('flags', () => ({ action: 5, flags: 5 })),
  { name: 'resource_pack', state: 'play', to: 'toClient', packet: 'resource_pack_send', content: protocol => ({ ...PACK, promptMessage: field(protocol) }) },
  { name: 'resource_pack', state: 'play', to: 'toClient', packet: 'add_resource_pack', content: protocol => ({ ...PACK, promptMessage: field(protocol) }) },
  { name: 'resource_pack_removal', state: 'play', to: 'toClient', packet: 'remove_resource_pack', content: () => ({ uuid: UUID }) },
  { name: 'resource_pack_removal.all', state: 'play', to: 'toClient', packet: 'remove_resource_pack', content: () => ({}) },
  { name: 'resource_pack_response', state: 'play', to: 'toServer', packet: 'resource_pack_receive', content: () => ({ uuid: UUID, hash: HASH, result: 3 }) },
  { name: 'configuration_resource_pack_response', state: 'configuration', to: 'toServer', packet: 'resource_pack_receive', content: () => ({ uuid: UUID, hash: HASH, result: 3 }) },
  ...['configuration', 'play'].flatMap(state => [
    { name: `${state}_transfer`, state, to: 'toClient', packet: 'transfer', content: () => ({ host: 'other.example.org', port: 25566 }) },
    { name: `${state}_store_cookie`, state, to: 'toClient', packet: 'store_cookie', content: () => ({ key: 'example:token', value: BYTES }) },
    { name: `${state}_cookie_request`, state, to: 'toClient', packet: 'cookie_request', content: () => ({ cookie: 'example:token' }) },
    { name: `${state}_cookie_response`, state, to: 'toServer', packet: 'cookie_response', content: () => ({ key: 'example:token', value: BYTES }) },
    { name: `${state}_cookie_response.none`, state, to: 'toServer', packet: 'cookie_response', content: () => ({ key: 'example:token' }) },
    { name: `${state}_client_information`, state, to: 'toServer', packet: 'settings', content: clientInformation }
  ]),
  { name: 'plugin_message_to_client', state: 'play', to: 'toClient', packet: 'custom_payload', content: () => ({ channel: 'example:bytes', data: BYTES }) },
  { name: 'plugin_message_to_server', state: 'play', to: 'toServer', packet: 'custom_payload', content: () => ({ channel: 'example:bytes', data: BYTES }) },
  { name: 'configuration_plugin_message_to_server', state: 'configuration', to: 'toServer', packet: 'custom_payload', content: () => ({ channel: 'example:bytes', data: BYTES }) }
]

module.exports = packets
