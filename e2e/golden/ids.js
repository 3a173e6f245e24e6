'use strict'

// Prints the ids of every packet that the proxy knows by name, as minecraft-data has them: one line per packet, an entry
// where the id changes, "-" where there is no such packet.

const { known, id } = require('./versions')

const DIRECTIONS = { serverbound: 'toServer', clientbound: 'toClient' }
const STATES = { handshake: 'handshaking', status: 'status', login: 'login', configuration: 'configuration', play: 'play' }

// The proxy's name: what minecraft-data calls it; a list where the name changed, with the first protocol number of each.
const NAMES = {
  'serverbound handshake intention': 'set_protocol',
  'serverbound status request': 'ping_start',
  'serverbound status ping': 'ping',
  'clientbound status response': 'server_info',
  'clientbound status pong': 'ping',
  'serverbound login start': 'login_start',
  'serverbound login encryption_response': 'encryption_begin',
  'serverbound login plugin_response': 'login_plugin_response',
  'serverbound login acknowledged': 'login_acknowledged',
  'serverbound login cookie_response': 'cookie_response',
  'clientbound login disconnect': 'disconnect',
  'clientbound login encryption_request': 'encryption_begin',
  'clientbound login success': 'success',
  'clientbound login set_compression': 'compress',
  'clientbound login plugin_request': 'login_plugin_request',
  'clientbound login cookie_request': 'cookie_request',
  'serverbound configuration client_information': 'settings',
  'serverbound configuration cookie_response': 'cookie_response',
  'serverbound configuration plugin_message': 'custom_payload',
  'serverbound configuration ack_finish_configuration': 'finish_configuration',
  'serverbound configuration keep_alive': 'keep_alive',
  'serverbound configuration pong': 'pong',
  'serverbound configuration resource_pack_response': 'resource_pack_receive',
  'serverbound configuration known_packs': 'select_known_packs',
  'serverbound configuration custom_click_action': 'custom_click_action',
  'serverbound configuration accept_code_of_conduct': 'accept_code_of_conduct',
  'clientbound configuration cookie_request': 'cookie_request',
  'clientbound configuration plugin_message': 'custom_payload',
  'clientbound configuration disconnect': 'disconnect',
  'clientbound configuration finish_configuration': 'finish_configuration',
  'clientbound configuration keep_alive': 'keep_alive',
  'clientbound configuration ping': 'ping',
  'clientbound configuration registry_data': 'registry_data',
  'clientbound configuration remove_resource_pack': 'remove_resource_pack',
  'clientbound configuration add_resource_pack': [[0, 'resource_pack_send'], [765, 'add_resource_pack']],
  'clientbound configuration store_cookie': 'store_cookie',
  'clientbound configuration transfer': 'transfer',
  'clientbound configuration feature_flags': 'feature_flags',
  'clientbound configuration update_tags': 'tags',
  'clientbound configuration known_packs': 'select_known_packs',
  'clientbound configuration custom_report_details': 'custom_report_details',
  'clientbound configuration server_links': 'server_links',
  'clientbound configuration clear_dialog': 'clear_dialog',
  'clientbound configuration show_dialog': 'show_dialog',
  'clientbound configuration code_of_conduct': 'code_of_conduct',
  'serverbound play keep_alive': 'keep_alive',
  'serverbound play chat_legacy': 'chat',
  'serverbound play chat_keyed': [[759, 'chat_message'], [761, '']],
  'serverbound play chat_session': [[761, 'chat_message']],
  'serverbound play command_keyed': [[759, 'chat_command'], [761, '']],
  'serverbound play command_signed': [[761, 'chat_command'], [766, 'chat_command_signed']],
  'serverbound play command_unsigned': [[766, 'chat_command']],
  'serverbound play chat_acknowledgement': 'message_acknowledgement',
  'serverbound play chat_session_update': 'chat_session_update',
  'serverbound play client_information': 'settings',
  'serverbound play plugin_message': 'custom_payload',
  'serverbound play tab_complete_request': 'tab_complete',
  'serverbound play resource_pack_response': 'resource_pack_receive',
  'serverbound play ack_configuration': 'configuration_acknowledged',
  'serverbound play cookie_response': 'cookie_response',
  'serverbound play custom_click_action': 'custom_click_action',
  'clientbound play keep_alive': 'keep_alive',
  'clientbound play join_game': 'login',
  'clientbound play respawn': 'respawn',
  'clientbound play disconnect': 'kick_disconnect',
  'clientbound play plugin_message': 'custom_payload',
  'clientbound play chat_legacy': 'chat',
  'clientbound play system_chat': 'system_chat',
  'clientbound play commands': 'declare_commands',
  'clientbound play tab_complete_response': 'tab_complete',
  'clientbound play boss_bar': 'boss_bar',
  'clientbound play title_legacy': 'title',
  'clientbound play set_title_text': 'set_title_text',
  'clientbound play set_subtitle': 'set_title_subtitle',
  'clientbound play set_title_times': 'set_title_time',
  'clientbound play set_action_bar': 'action_bar',
  'clientbound play clear_titles': 'clear_titles',
  'clientbound play tab_list_header': 'playerlist_header',
  'clientbound play player_info_legacy': [[0, 'player_info'], [761, '']],
  'clientbound play player_info_update': [[761, 'player_info']],
  'clientbound play player_info_remove': 'player_remove',
  'clientbound play add_resource_pack': [[0, 'resource_pack_send'], [765, 'add_resource_pack']],
  'clientbound play remove_resource_pack': 'remove_resource_pack',
  'clientbound play server_data': 'server_data',
  'clientbound play start_configuration': 'start_configuration',
  'clientbound play transfer': 'transfer',
  'clientbound play cookie_request': 'cookie_request',
  'clientbound play store_cookie': 'store_cookie',
  'clientbound play bundle_delimiter': 'bundle_delimiter',
  'clientbound play custom_report_details': 'custom_report_details',
  'clientbound play server_links': 'server_links',
  'clientbound play game_event': 'game_state_change',
  'clientbound play abilities': 'abilities',
  'clientbound play update_health': 'update_health',
  'clientbound play set_center_chunk': 'update_view_position',
  'clientbound play set_default_spawn_position': 'spawn_position',
  'clientbound play player_position': 'position',
  'clientbound play chunk_batch_start': 'chunk_batch_start',
  'clientbound play chunk_batch_finished': 'chunk_batch_finished',
  'clientbound play team': [[0, 'scoreboard_team'], [107, 'teams']],
  'clientbound play scoreboard_objective': 'scoreboard_objective',
  'clientbound play scoreboard_score': 'scoreboard_score',
  'clientbound play scoreboard_display': 'scoreboard_display_objective',
  'clientbound play chunk': 'map_chunk',
  'clientbound play set_container_content': 'window_items'
}

function nameAt (names, number) {
  if (typeof names === 'string') return names
  return names.findLast(([since]) => number >= since)?.[1]
}

function main () {
  const versions = known()
  console.log('# Packet ids as minecraft-data has them; written by e2e/golden/generate. "5=00 107=1F" says: 00 in 5, until 107 has 1F.')
  console.log(`versions ${versions.map(version => version.number).join(' ')}`)
  for (const [packet, names] of Object.entries(NAMES)) {
    const [direction, state] = packet.split(' ')
    const changes = []
    let last = '-'
    for (const version of versions) {
      const found = id(version, STATES[state], DIRECTIONS[direction], nameAt(names, version.number))
      const cell = found === undefined ? '-' : found.toString(16).toUpperCase().padStart(2, '0')
      if (cell !== last) changes.push(`${version.number}=${cell}`)
      last = cell
    }
    console.log(`${packet} ${changes.join(' ')}`)
  }
}

main()
