// Makes the vectors that the packets of the limbo are compared with: node-minecraft-protocol writes the same packets.
//   npm i minecraft-protocol@1.68.0 && node world-vectors.mjs NODE_MODULES > ../src/test/resources/infrarust/proxy/limbo/world-vectors.txt
// One line each: protocol number, name, hexadecimal bytes of id and body.
import { createRequire } from 'module'
const require = createRequire(process.argv[2] + '/')
const { createSerializer, states } = require('minecraft-protocol')
const versions = { '1.20.6': 766, '1.21.1': 767, '1.21.3': 768, '1.21.4': 769, '1.21.5': 770, '1.21.6': 771, '1.21.8': 772, '1.21.9': 773, '1.21.11': 774, '26.1': 775 }
const END = 'minecraft:the_end'
const longs = n => Array.from({ length: n }, () => [0, 0])
const lightMask = [[0, 0x3FFFF]]

for (const [version, protocol] of Object.entries(versions)) {
  const write = (state, name, params) => {
    const serializer = createSerializer({ state, isServer: true, version, customPackets: {} })
    const buffer = serializer.createPacketBuffer({ name, params })
    console.log(`${protocol} ${name} ${buffer.toString('hex')}`)
  }
  const c = states.CONFIGURATION; const p = states.PLAY
  write(c, 'custom_payload', { channel: 'minecraft:brand', data: Buffer.from('\x09Infrarust') })
  write(c, 'feature_flags', { features: ['minecraft:vanilla'] })
  write(c, 'select_known_packs', { packs: [{ namespace: 'minecraft', id: 'core', version: 'one' }, { namespace: 'minecraft', id: 'core', version: 'two' }] })
  write(c, 'registry_data', { id: 'minecraft:x', entries: [{ key: 'minecraft:a' }, { key: 'minecraft:b', value: { type: 'compound', name: '', value: { i: { type: 'int', value: 5 }, f: { type: 'byte', value: 1 }, s: { type: 'string', value: 'ü' } } } }] })
  write(c, 'tags', { tags: [{ tagType: 'minecraft:x', tags: [{ tagName: 'minecraft:t', entries: [0, 300] }, { tagName: 'minecraft:u', entries: [] }] }] })
  write(c, 'finish_configuration', {})
  write(p, 'login', {
    entityId: 1, isHardcore: false, worldNames: [END], maxPlayers: 1, viewDistance: 2, simulationDistance: 2,
    reducedDebugInfo: false, enableRespawnScreen: true, doLimitedCrafting: false, enforcesSecureChat: false,
    worldState: { dimension: 3, name: END, hashedSeed: [0, 0], gamemode: protocol < 770 ? 'adventure' : 'adventure', previousGamemode: 255, isDebug: false, isFlat: true, death: undefined, portalCooldown: 0, seaLevel: 0 }
  })
  write(p, 'abilities', { flags: 7, flyingSpeed: 0, walkingSpeed: 0.1 })
  write(p, 'spawn_position', protocol < 773
    ? { location: { x: 8, y: 64, z: -8 }, angle: 0 }
    : { globalPos: { dimensionName: END, location: { x: 8, y: 64, z: -8 } }, yaw: 0, pitch: 0 })
  write(p, 'position', { teleportId: 1, x: 8.5, y: 64, z: 8.5, dx: 0, dy: 0, dz: 0, yaw: 0, pitch: 0, flags: protocol < 768 ? 0 : {} })
  write(p, 'update_view_position', { chunkX: 0, chunkZ: 0 })
  write(p, 'game_state_change', { reason: protocol < 770 ? 13 : 'level_chunks_load_start', gameMode: 0 })
  write(p, 'chunk_batch_start', {})
  write(p, 'chunk_batch_finished', { batchSize: 9 })
  const section = Buffer.from(protocol < 770 ? '0000' + '000000' + '000900' : protocol < 775 ? '0000' + '0000' + '0009' : '00000000' + '0000' + '0009', 'hex')
  write(p, 'map_chunk', {
    x: -1, z: 1,
    heightmaps: protocol < 770
      ? { type: 'compound', name: '', value: { MOTION_BLOCKING: { type: 'longArray', value: longs(37) }, WORLD_SURFACE: { type: 'longArray', value: longs(37) } } }
      : (protocol === 770 ? [1, 4, 5] : ['world_surface', 'motion_blocking', 'motion_blocking_no_leaves']).map(type => ({ type, data: longs(37) })),
    chunkData: Buffer.concat(Array(16).fill(section)), blockEntities: [],
    skyLightMask: [], blockLightMask: [], emptySkyLightMask: lightMask, emptyBlockLightMask: lightMask, skyLight: [], blockLight: []
  })
  write(p, 'update_health', { health: 20, food: 20, foodSaturation: 5 })
  write(p, 'keep_alive', { keepAliveId: [0, 1] })
}
