import { median, quantile, round } from '../support/statistics.mjs'

/** The ratios of the processor times of two contestants in the rounds that both took part in. None if one of them failed. */
export function ratiosOf(contestants, { of, to }) {
  const [one, other] = [of, to].map((name) => contestants.find((contestant) => contestant.name === name))
  if (one === undefined || other === undefined || one.failure !== null || other.failure !== null) return []
  return one.rounds.flatMap(({ cpu }, number) => {
    const beside = other.rounds[number]
    return beside === undefined ? [] : [cpu / beside.cpu]
  })
}

/** The figures of one contestant: medians, quartiles, and extremes; `null` if it failed. */
export function figuresOf({ rounds, failure, failures }) {
  if (failure !== null) return null
  const of = (name) => Object.values(rounds).map((figures) => figures[name])
  return {
    cpu: distribution(of('cpu'), 1),
    rate: Math.round(median(of('rate'))),
    busy: round(median(of('busy')), 2),
    memory: Math.round(Math.max(...of('memory'))),
    failures,
    rounds: of('cpu').length,
  }
}

export function distribution(values, digits) {
  const at = (part) => round(quantile(values, part), digits)
  return { least: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), most: at(1) }
}
