/** One measured value. `value` and `most` have the same unit. */
export interface Measurement {
  readonly what: string
  readonly value: number
  /** `null`: it has no limit, and is reported beside others. */
  readonly most: number | null
  readonly unit: 'ms' | 'MB' | '%' | 'lost' | ''
}

/** A line for each measurement, and a last one that says how many limits hold. */
export function verdictOf(measurements: readonly Measurement[]): {
  readonly lines: readonly string[]
  readonly held: boolean
} {
  const lines = measurements.map(({ what, value, most, unit }) => {
    const figure = `${value.toFixed(1)} ${unit}`.trimEnd().padStart(12)
    if (most === null) return `${' '.repeat(7)} ${figure}  ${what}`
    return `${(value <= most ? 'holds' : 'EXCEEDS').padEnd(7)} ${figure} of ${`${most} ${unit}`.trimEnd()}  ${what}`
  })
  const limited = measurements.filter(({ most }) => most !== null)
  const held = limited.filter(({ value, most }) => most !== null && value <= most).length
  return { lines: [...lines, `${held} of ${limited.length} limits hold`], held: held === limited.length }
}
