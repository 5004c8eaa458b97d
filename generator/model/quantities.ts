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

/** Milliseconds of a duration such as `300ms` or `2s`; `null` for what is none. */
export function durationOf(text: string | null): number | null {
  return quantity(text, milliseconds)
}

/** Seconds of a duration that the schema allows in whole seconds only. */
export function secondsOf(text: string | null): number | null {
  const duration = durationOf(text)
  return duration === null ? null : duration / 1_000
}

/** Bytes of a size such as `5MB` (10^6) or `5MiB` (2^20); `null` for what is none. */
export function sizeOf(text: string | null): number | null {
  return quantity(text, bytes)
}

function quantity(text: string | null, units: Readonly<Record<string, number>>): number | null {
  const [, digits, unit = ''] = /^([0-9]+)([A-Za-z]+)$/.exec(text ?? '') ?? []
  const factor = units[unit]
  return digits === undefined || factor === undefined ? null : Number(digits) * factor
}
