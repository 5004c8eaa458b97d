import type { JsonValue } from '../json/index.ts'

/** Result of reading a declared input: its value, and in `wire` the text that is sent to a service for it. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly value: JsonValue; readonly wire: string }
  | { readonly kind: 'fault'; readonly detail: string }

export const absent: Reading = { kind: 'absent' }

export function faulty(detail: string): Reading {
  return { kind: 'fault', detail }
}
