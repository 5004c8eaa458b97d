import type { JsonValue } from '../../../read/types.ts'
import type { Code } from '../../../support/index.ts'
import type { Kind } from './keywords.ts'
import { isList, isNumber, isObject, isText } from './values.ts'

/** A value that its keyword does not allow, as a diagnostic. */
export class Wrong {
  readonly code: Code
  readonly message: string
  readonly remedy: string | undefined

  constructor(code: Code, message: string, remedy?: string) {
    this.code = code
    this.message = message
    this.remedy = remedy
  }
}

const types: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'])

type Scalar = Exclude<
  Kind,
  'schema' | 'schemas' | 'members' | 'patterns' | 'pattern' | 'discriminator' | 'xml' | 'dialect' | 'elsewhere'
>

/**
 * The value of a keyword that contains no schema; `undefined` if it has no effect. `modern`: JSON Schema 2020-12, not
 * the dialect of OpenAPI 3.0.
 */
export function scalarValue(
  kind: Scalar,
  keyword: string,
  value: JsonValue,
  modern: boolean,
): JsonValue | undefined | Wrong {
  switch (kind) {
    case 'number':
      if (typeof value === 'boolean' && keyword.startsWith('exclusive')) {
        const remedy = `Write the bound itself: \`${keyword}: 0\`. Only OpenAPI 3.0 has \`true\` here.`
        return modern ? wrong(keyword, 'a number', remedy) : value
      }
      return isNumber(value) ? value : wrong(keyword, 'a number')
    case 'positive':
      return isNumber(value) && value > 0 ? value : wrong(keyword, 'a number above 0')
    case 'count':
      return isCount(value) ? Number(value) : wrong(keyword, 'a whole number from 0')
    case 'flag':
      if (typeof value !== 'boolean') return wrong(keyword, '`true` or `false`')
      return value || undefined
    case 'text':
      return isText(value) ? value : wrong(keyword, 'text')
    case 'values':
      return isList(value) ? value : wrong(keyword, 'a list of values')
    case 'required':
      if (!isList(value) || !value.every(isText)) {
        const remedy = 'List the names of required members in the object that has them, beside `properties`.'
        return wrong(keyword, 'a list of names', remedy)
      }
      return value.length === 0 ? undefined : [...new Set(value)]
    case 'dependents':
      return isObject(value) && Object.values(value).every((item) => isList(item) && item.every(isText))
        ? value
        : wrong(keyword, 'lists of names by name')
    case 'type':
      return type(value)
    case 'value':
    case 'annotation':
      return value
  }
}

function isCount(value: JsonValue): value is number | bigint {
  return isNumber(value) && Number.isInteger(Number(value)) && value >= 0
}

/** The diagnostic for a keyword with a value of the wrong type. */
export function wrong(keyword: string, expected: string, remedy?: string): Wrong {
  return new Wrong('GW3251', `\`${keyword}\` must be ${expected}.`, remedy)
}

/** One type, or a list of types. OpenAPI 3.0 has no lists, but their meaning is clear. */
function type(value: JsonValue): JsonValue | Wrong {
  if (isText(value) && types.has(value)) return value
  const written = isList(value) ? [...new Set(value)] : [value]
  const strange = written.find((item) => !isText(item) || !types.has(item))
  const [only] = written
  if (strange === undefined && only !== undefined) return written.length === 1 ? only : written
  const what = isText(strange) ? `\`${strange}\`` : 'This'
  return new Wrong(
    'GW3252',
    `${what} is not a type that a JSON value can have.`,
    `Write one of ${[...types].join(', ')}.`,
  )
}
