'use strict'

// What was tried and how it went. A row is one player or one situation, its steps in the order in which they were taken.

class Report {
  constructor () {
    this.rows = []
  }

  /**
   * Takes one step after the other and keeps the outcome of each. The first step that fails ends the row, unless the
   * others do not depend on it.
   *
   * @param {string} group the table that the row belongs to
   * @param {string} name the row
   * @param {Object<string, () => Promise<*>>} steps what a step returns as text is shown beside its outcome
   * @param {{independent?: string[]}} options steps that nothing depends on
   */
  async row (group, name, steps, { independent = [] } = {}) {
    const row = { group, name, outcomes: {} }
    this.rows.push(row)
    for (const [step, run] of Object.entries(steps)) {
      const started = Date.now()
      try {
        const note = await run()
        row.outcomes[step] = { ok: true, note: typeof note === 'string' ? note : undefined, millis: Date.now() - started }
      } catch (error) {
        row.outcomes[step] = { ok: false, note: error.message, millis: Date.now() - started }
        row.planned = Object.keys(steps)
        if (!independent.includes(step)) return
      }
    }
  }

  get failures () {
    return this.rows.flatMap(row => Object.entries(row.outcomes)
      .filter(([, outcome]) => !outcome.ok)
      .map(([step, { note }]) => ({ group: row.group, name: row.name, step, note })))
  }

  get steps () {
    return this.rows.reduce((sum, row) => sum + Object.keys(row.outcomes).length, 0)
  }

  /** Every table, and what failed with its reason. */
  toString () {
    const groups = [...new Set(this.rows.map(row => row.group))]
    const tables = groups.map(group => table(group, this.rows.filter(row => row.group === group)))
    const failures = this.failures.map(({ group, name, step, note }) => `FAILED ${group}, ${name}, ${step}: ${note}`)
    return [...tables, ...failures, `${this.steps} steps, ${failures.length} failed`].join('\n') + '\n'
  }
}

function table (group, rows) {
  const steps = [...new Set(rows.flatMap(row => Object.keys(row.outcomes)))]
  const cells = [
    [group, ...steps],
    ...rows.map(row => [row.name, ...steps.map(step => {
      const outcome = row.outcomes[step]
      if (!outcome) return row.planned?.includes(step) ? '-' : ''
      return outcome.ok ? outcome.note ?? 'ok' : 'FAILED'
    })])
  ]
  const widths = cells[0].map((_, column) => Math.max(...cells.map(row => row[column].length)))
  const lines = cells.map(row => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd())
  lines.splice(1, 0, widths.map(width => '-'.repeat(width)).join('  '))
  return lines.join('\n') + '\n'
}

module.exports = { Report }
