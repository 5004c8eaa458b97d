import { below, isObject, type JsonValue, type Origin } from '../support/index.ts'
import { durationOf, secondsOf, sizeOf } from './quantities.ts'
import type { Value } from './row.ts'
import type { At, BodyLimit, ClaimTexts, EnvTextModel } from './types.ts'
import { envText as envTextOf, envTexts as envTextsOf, textsAt } from './values.ts'

// The kinds of values of settings.

type Schema = Readonly<Record<string, unknown>>

/** A definition (`$defs`) of `gateway.schema.json`. */
export function defined(name: string): Schema {
  return { $ref: `#/$defs/${name}` }
}

/** ms. */
export const duration: Value<number> = { schema: defined('duration'), read: (written) => durationOf(written) }

/** s. */
export const wholeSeconds: Value<number> = { schema: defined('wholeSeconds'), read: (written) => secondsOf(written) }

/** Bytes. */
export const size: Value<number> = { schema: defined('size'), read: (written) => sizeOf(written) }

/** One size for all bodies. Only the default, a pair that no manifest can write, has a separate limit for bodies that carry files. */
export const bodyLimit: Value<BodyLimit> = {
  schema: defined('size'),
  read: (written) => {
    const [plain, files] = Array.isArray(written) ? written.map(sizeOf) : [sizeOf(written), sizeOf(written)]
    return plain === undefined || files === undefined ? undefined : { plain, files }
  },
}

export function word<const W extends string>(...words: readonly W[]): Value<W> {
  return { schema: { enum: words }, read: (written) => words.find((one) => one === written) }
}

export function count(minimum: number, maximum: number): Value<number> {
  return {
    schema: { type: 'integer', minimum, maximum },
    read: (written) => (typeof written === 'number' ? written : undefined),
  }
}

/** What stands before paths, such as `/api`. */
export const pathPrefix = text({
  title: 'a path such as `/api`, of letters, digits, `-`, `.`, `_` and `~`, without a slash at the end',
  type: 'string',
  pattern: '^(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+$',
})

export const flag: Value<boolean> = {
  schema: { type: 'boolean' },
  read: (written) => (typeof written === 'boolean' ? written : undefined),
}

export function text(schema: Schema): Value<string> {
  return { schema, read: (written) => (typeof written === 'string' ? written : undefined) }
}

/** A text with its place, for checks that report it. */
export function placedText(schema: Schema): Value<At<string>> {
  return { schema, read: (value, origin) => (typeof value === 'string' ? { value, origin } : undefined) }
}

export function texts(schema: Schema): Value<readonly string[]> {
  return {
    schema: { type: 'array', ...schema },
    read: (written, origin) => listed(written, () => textsAt(written, origin).map(({ value }) => value)),
  }
}

export function placedTexts(schema: Schema): Value<readonly At<string>[]> {
  return { schema, read: (written, origin) => listed(written, () => textsAt(written, origin)) }
}

/** `null` is a valid value: tokens of this issuer have no such claim. */
export function claimPath(schema: Schema): Value<string | null> {
  return { schema, read: (written) => (typeof written === 'string' || written === null ? written : undefined) }
}

/** A map from paths of claims to the text, or the texts, that each may have. */
export function claimTexts(schema: Schema): Value<readonly ClaimTexts[]> {
  return {
    schema,
    read: (written, origin) =>
      isObject(written)
        ? Object.entries(written).map(([claim, value]) => {
            const at = below(origin, claim)
            return {
              claim,
              texts: typeof value === 'string' ? [value] : textsAt(value, at).map((item) => item.value),
              origin: at,
            }
          })
        : undefined,
  }
}

export function envText(schema: Schema = defined('setting')): Value<EnvTextModel> {
  return {
    schema,
    read: (written, origin) => (typeof written === 'string' ? envTextOf(written, origin) : undefined),
  }
}

/** One text or a list of them, depending on the schema. */
export function envTexts(schema: Schema): Value<readonly EnvTextModel[]> {
  return {
    schema,
    read: (written, origin) =>
      typeof written === 'string' || Array.isArray(written) ? envTextsOf(written, origin) : undefined,
  }
}

/** A value with members, parsed by `read`; `undefined`: it is written elsewhere. */
export function structure<T>(schema: Schema, read: (written: JsonValue, origin: Origin) => T | undefined): Value<T> {
  return { schema, read }
}

function listed<T>(written: JsonValue, read: () => T): T | undefined {
  return Array.isArray(written) ? read() : undefined
}
