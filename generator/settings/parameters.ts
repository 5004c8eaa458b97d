import { below, type JsonValue, type Origin } from '../support/index.ts'
import type { ParameterUse } from './types.ts'
import { section } from './values.ts'

/** The members of `parameters`, in the order written. */
export function parametersOf(written: JsonValue, origin: Origin): readonly ParameterUse[] {
  return Object.entries(section(written, origin).value).flatMap(([name, of]) => {
    const at = below(origin, name)
    const { encodedSlash } = section(of, at).value
    return encodedSlash === 'allow' || encodedSlash === 'refuse' ? [{ name, encodedSlash, origin: at }] : []
  })
}

/** JSON Schema of `parameters`. */
export const parametersSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      encodedSlash: {
        enum: ['refuse', 'allow'],
        description:
          'Whether values of the path parameter may contain a slash, which is sent as `%2F`. `allow` is listed in ACCESS.md.',
        default: 'refuse',
        examples: ['allow'],
      },
    },
  },
}
