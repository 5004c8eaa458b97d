import type { JsonValue } from '../json/index.ts'

/** What has been read of a declared input: its value, and the text that tells a service the same. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly value: JsonValue; readonly wire: string }
  | { readonly kind: 'fault'; readonly detail: string }

export const absent: Reading = { kind: 'absent' }

export function faulty(detail: string): Reading {
  return { kind: 'fault', detail }
}
