import { table } from './page.mjs'

/** What was promised, what was measured, and whether that keeps it. `limit` is the most that the figure may be. */
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
