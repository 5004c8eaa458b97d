import type { JsonValue } from '../json/index.ts'

/** Result of reading a declared input: its value, and in `wire` the text that is sent to a service for it. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly value: JsonValue; readonly wire: string }
  /** `pointer`: the place within the input. */
  | { readonly kind: 'fault'; readonly detail: string; readonly pointer: string }

export const absent: Reading = { kind: 'absent' }

export function faulty(detail: string, pointer = ''): Reading {
  return { kind: 'fault', detail, pointer }
}
