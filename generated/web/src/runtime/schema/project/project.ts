import type { JsonValue } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'

/** A value reduced to what is declared; `undefined` when its type is not, so that nothing of it may be shown. Never changes its input. */
export type Project = (value: JsonValue) => JsonValue | undefined

/** The projection by several schemas that apply together. */
export type ProjectorOf = (schemas: readonly Schema[]) => Project

/** The projection that keeps everything. Recognised by identity, so that it costs nothing where it stands. */
export const keep: Project = (value) => value
