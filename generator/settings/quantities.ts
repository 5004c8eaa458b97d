const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const bytes: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1_000,
  MB: 1_000_000,
  GB: 1_000_000_000,
  KiB: 1_024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
}

/** Milliseconds of a duration such as `300ms` or `2s`; `undefined` for anything else. */
export function durationOf(written: unknown): number | undefined {
  return quantity(written, milliseconds)
}

/** Seconds of a duration that the schema allows in whole seconds only. */
export function secondsOf(written: unknown): number | undefined {
  const duration = durationOf(written)
  return duration === undefined ? undefined : duration / 1_000
}

/** Bytes of a size such as `5MB` (10^6) or `5MiB` (2^20); `undefined` for anything else. */
export function sizeOf(written: unknown): number | undefined {
  return quantity(written, bytes)
}

function quantity(written: unknown, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits, unit = ''] = typeof written === 'string' ? (/^([0-9]+)([A-Za-z]+)$/.exec(written) ?? []) : []
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
