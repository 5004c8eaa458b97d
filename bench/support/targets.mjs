import { table } from './page.mjs'

/** A target, the measured figure, and whether it is met. The figure may be at most `limit`. */
export function judge(what, figure, limit, unit = '') {
  return { what, figure: Math.round(figure * 100) / 100, limit, unit, met: figure <= limit }
}

export function targetTable(targets) {
  return table(
    ['target', 'at most', 'measured', ''],
    targets.map(({ what, figure, limit, unit, met }) => [
      what,
      `${limit}${unit}`,
      `${figure}${unit}`,
      met ? 'met' : '**missed**',
    ]),
  )
}
