'use strict'

// Programs of ../minestom, each in a small Java process of its own.

const path = require('node:path')
const { Process } = require('./processes')

const built = path.resolve(__dirname, '../target/minestom')

/** Starts a program by the name of its class. */
function minestom (program, args, { log }) {
  const classPath = `${path.join(built, 'classes')}${path.delimiter}${path.join(built, 'lib')}${path.sep}*`
  const java = process.env.E2E_JAVA ?? 'java'
  return new Process(java, ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx512m', '-cp', classPath, `infrarust.e2e.${program}`, ...args], { log })
}

module.exports = { minestom }
