import { spread } from '../support/statistics.mjs'
import { Contestant } from './contestant.mjs'
import { ratiosOf } from './figures.mjs'
import { createLoad } from './load.mjs'

/** Where the interquartile range of a ratio is wider than this part of its median, more rounds are run. */
const widest = 0.1
const most = 21

/**
 * Starts and warms the contenders of a scenario, then loads one after the other in each round, so that a slow moment of the machine
 * affects all. Every second round goes backwards. Returns them with their figures.
 */
export async function measure({ name, entries, ratios }, contenders, { rounds, duration, folder, tokens, say }) {
  const all = entries.map((entry) => {
    const used = tokens(entry.load.tokens)
    const send = createLoad(folder, { ...entry.load, name: `${name} ${entry.name}`, tokens: used })
    return new Contestant({ ...entry, contender: contenders.get(entry.contender), tokens: used, send })
  })
  try {
    for (const one of all) {
      say(`${name}: warming ${one.name}`)
      await one.prepare(duration)
      if (one.failure !== null) say(`${name}: ${one.name} failed: ${one.failure}`)
    }
    let number = 0
    for (let turns = all; turns.length > 0; turns = number < rounds ? all : unsettled(all, ratios, number)) {
      for (const one of number % 2 === 0 ? turns : turns.toReversed()) {
        say(`${name}: round ${number + 1}: ${one.name}`)
        await one.measure(number, duration)
      }
      number++
    }
  } finally {
    await Promise.all(all.map((one) => one.stop()))
  }
  return all
}

/** The contestants whose ratios are not settled; none after the last round. */
function unsettled(all, ratios, number) {
  if (number < 2 || number >= most) return []
  const wide = ratios.filter((ratio) => {
    const values = ratiosOf(all, ratio)
    return values.length > 0 && spread(values) > widest
  })
  const names = new Set(wide.flatMap(({ of, to }) => [of, to]))
  return all.filter(({ name, failure }) => names.has(name) && failure === null)
}
