'use strict'

// One component with all that the proxy says about text, in the form that a protocol number has. Members are in the order
// in which the proxy writes them: order has no meaning, but bytes have one.

// No character beyond the basic plane: prismarine-nbt writes those as UTF-8, where the game reads modified UTF-8.
const WORDS = 'Hä € "<&\'>"'

/** The component as a JSON value. */
function component (protocol) {
  const modern = protocol >= 770 // click_event and hover_event
  const click = (action, member, value) => modern
    ? { click_event: { action, [member]: value } }
    : { clickEvent: { action, value: String(value) } }
  const hover = words => {
    if (modern) return { hover_event: { action: 'show_text', value: words } }
    return { hoverEvent: { action: 'show_text', [protocol >= 735 ? 'contents' : 'value']: words } }
  }
  return {
    bold: true,
    italic: false,
    color: protocol >= 735 ? '#FE5454' : 'red',
    extra: [
      { translate: 'chat.type.text', with: [{ text: 'Steve' }, { color: 'gray', text: 'hi' }] },
      {
        color: 'aqua',
        insertion: 'ins',
        ...click('open_url', 'url', 'https://example.org/a?b=c&d'),
        ...hover({ color: 'green', text: 'go' }),
        text: 'site'
      },
      { ...click('suggest_command', 'command', '/say '), text: 'say' }
    ],
    text: WORDS
  }
}

/** JSON text, as in a JSON field of a packet. */
function json (protocol) {
  return JSON.stringify(component(protocol))
}

/** A JSON value as prismarine-nbt has NBT. */
function tag (value) {
  if (typeof value === 'boolean') return { type: 'byte', value: value ? 1 : 0 }
  if (typeof value === 'number') return Number.isInteger(value) ? { type: 'int', value } : { type: 'double', value }
  if (typeof value === 'string') return { type: 'string', value }
  if (Array.isArray(value)) {
    const tags = value.map(tag)
    return { type: 'list', value: { type: tags[0]?.type ?? 'end', value: tags.map(element => element.value) } }
  }
  return { type: 'compound', value: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, tag(member)])) }
}

/** The component as a field of a configuration or play packet. */
function field (protocol) {
  return protocol >= 765 ? tag(component(protocol)) : json(protocol)
}

module.exports = { json, field, tag }
