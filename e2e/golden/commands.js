'use strict'

// Trees of commands as servers send them, and each with the commands `infrarust` and `ir` of the proxy in it ("extended"):
// entries as in packets.js. Every node but the root stays what it was, whatever its argument is.

const { types } = require('./versions')

const COMMANDS = ['infrarust', 'ir']
const MODS_TYPE = 'example:colour'
const MODS_NUMBER = 300 // beyond all of the game's, and two bytes long

const ROOT = 0
const LITERAL = 1
const ARGUMENT = 2

function node (type, { children = [], executable, redirect, data } = {}) {
  return {
    flags: {
      unused: 0,
      has_custom_suggestions: data?.suggestionType ? 1 : 0,
      has_redirect_node: redirect === undefined ? 0 : 1,
      has_command: executable ? 1 : 0,
      command_node_type: type
    },
    children,
    redirectNode: redirect,
    extraNodeData: data
  }
}

function literal (name, children, more) {
  return node(LITERAL, { children, data: { name }, ...more })
}

function argument (name, parser, properties, more) {
  return node(ARGUMENT, { executable: true, data: { name, parser, properties, ...more } })
}

const range = (min, max) => ({
  flags: { unused: 0, min_present: min === undefined ? 0 : 1, max_present: max === undefined ? 0 : 1 }, min, max
})

/** Each form that what follows the name of an argument's type may have, with zeros and long numbers among them. */
function argumentsOf (protocol) {
  const registry = { registry: 'minecraft:worldgen/biome' }
  const all = [
    ['brigadier:bool'],
    ['brigadier:float', range(0)],
    ['brigadier:double', range(-3e7, 3e7)],
    ['brigadier:integer', range(undefined, -1)],
    ['brigadier:long', range()],
    ['brigadier:string', 'SINGLE_WORD'],
    ['brigadier:string', 'QUOTABLE_PHRASE'],
    ['minecraft:entity', { unused: 0, onlyAllowPlayers: 1, onlyAllowEntities: 1 }],
    ['minecraft:score_holder', { unused: 0, allowMultiple: 1 }],
    ['minecraft:block_pos'],
    ['minecraft:time', protocol < 762 ? undefined : { min: 0 }],
    ['minecraft:resource', registry],
    ['minecraft:resource_or_tag', registry],
    ['minecraft:resource_key', registry],
    ['minecraft:resource_selector', registry],
    ['minecraft:uuid'],
    [MODS_TYPE, { a: 0, b: 'm'.repeat(200) }]
  ]
  return all.filter(([parser]) => knows(protocol, parser)).map(([parser, properties], i) => argument(`a${i}`, parser, properties))
}

const sequence = (from, count) => Array.from({ length: count }, (_, i) => from + i)

/** The root first, then its children, then what follows those, as the game writes. `ir` is a command of the server too. */
function rootFirst (protocol) {
  const args = argumentsOf(protocol)
  const suggesting = argument('who', 'brigadier:string', 'GREEDY_PHRASE', { suggestionType: 'minecraft:ask_server' })
  return {
    nodes: [
      node(ROOT, { children: [1, 2, 3, 4] }),
      literal('give', sequence(5, args.length)),
      literal('ir', [5]),
      literal('execute', [], { redirect: 0 }),
      literal('tell', [5 + args.length]),
      ...args,
      suggesting
    ],
    rootIndex: 0
  }
}

/** The root at the end, behind all of its children. */
function rootLast (protocol) {
  const args = argumentsOf(protocol)
  return {
    nodes: [...args, literal('give', sequence(0, args.length)), literal('help', [], { executable: true }),
      node(ROOT, { children: [args.length, args.length + 1] })],
    rootIndex: args.length + 2
  }
}

/** The same with the proxy's commands; a command of the server with such a name is the root's child no longer. */
function extended ({ nodes, rootIndex }, hidden = []) {
  const ours = nodes.length
  const root = nodes[rootIndex]
  const children = [...root.children.filter(child => !hidden.includes(child)), ...COMMANDS.map((_, i) => ours + 1 + i)]
  return {
    nodes: [
      ...nodes.map((each, index) => index === rootIndex ? { ...root, children } : each),
      argument('arguments', 'brigadier:string', 'GREEDY_PHRASE', { suggestionType: 'minecraft:ask_server' }),
      ...COMMANDS.map(name => literal(name, [ours], { executable: true }))
    ],
    rootIndex
  }
}

function dataOf (protocol) {
  const ofNode = types(protocol).command_node[1].find(({ name }) => name === 'extraNodeData').type[1].fields[ARGUMENT][1]
  return Object.fromEntries(ofNode.map(({ name, type }) => [name, type]))
}

function knows (protocol, parser) {
  const { parser: named, properties } = dataOf(protocol)
  return named === 'string'
    ? parser in properties[1].fields && !['minecraft:resource', 'minecraft:resource_or_tag'].includes(parser) // not before 1.19
    : Object.values(named[1].mappings).includes(parser)
}

/** Teaches the serializer a type of a mod: a number and a string. */
function prepare (protocol) {
  const found = types(protocol)?.command_node && dataOf(protocol)
  if (!found) return
  found.properties[1].fields[MODS_TYPE] = ['container', [{ name: 'a', type: 'i32' }, { name: 'b', type: 'string' }]]
  if (found.parser !== 'string') found.parser[1].mappings[MODS_NUMBER] = MODS_TYPE
}

const tree = (name, content) => ({ name, state: 'play', to: 'toClient', packet: 'declare_commands', content })

module.exports = [
  tree('root_first', rootFirst),
  tree('root_first.extended', protocol => extended(rootFirst(protocol), [2])),
  tree('root_last', rootLast),
  tree('root_last.extended', protocol => extended(rootLast(protocol))),
  // Of a player who is on no server.
  tree('own', () => {
    const { nodes } = extended({ nodes: [node(ROOT)], rootIndex: 0 })
    return { nodes, rootIndex: 0 }
  })
]
module.exports.prepare = prepare
