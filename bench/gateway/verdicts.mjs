import { median } from '../support/statistics.mjs'
import { judge } from '../support/targets.mjs'
import { ratiosOf } from './figures.mjs'

/**
 * The targets of a scenario on one version of Node.js. Those by peers that were not run or failed are left out; a gateway that failed has
 * missed its own.
 */
export function verdictsOf({ name, ratios, memory }, contestants, figures, major) {
  const known = (which) => figures.get(which) ?? null
  const verdicts = []
  for (const ratio of ratios) {
    const values = ratiosOf(contestants, ratio)
    const limit = ratio.limits[major]
    if (values.length > 0 && limit !== undefined)
      verdicts.push(judge(`${name}, ${ratio.of} : ${ratio.to}`, median(values), limit))
  }
  for (const { of, over, limits } of memory) {
    const [own, other] = [known(of), over === undefined ? { memory: 0 } : known(over)]
    if (own === null || other === null || limits[major] === undefined) continue
    const what = over === undefined ? 'resident memory' : `resident memory, more than ${over}`
    verdicts.push(judge(`${name}, ${what}`, own.memory - other.memory, limits[major], ' MB'))
  }
  const gateways = new Set([...ratios, ...memory].map(({ of }) => of))
  for (const { name: gateway, failure, failures } of contestants.filter((one) => gateways.has(one.name))) {
    if (failure === null) verdicts.push(judge(`${name}, ${gateway}, requests that failed`, failures, 0))
    else verdicts.push({ what: `${name}, ${gateway}`, limit: '-', figure: 'failed', unit: '', met: false })
  }
  return verdicts
}
