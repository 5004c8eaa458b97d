import type { JsonValue } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'

/**
 * Reduces a value to what is declared; `undefined` when its type is not declared, so that all of it is withheld. Does not change
 * its input.
 */
export type Project = (value: JsonValue) => JsonValue | undefined

/** The projection by several schemas that apply together. */
export type ProjectorOf = (schemas: readonly Schema[]) => Project

/** The projection that keeps everything. Callers recognise it by identity and skip it. */
export const keep: Project = (value) => value
