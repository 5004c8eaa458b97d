import type { ParameterModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { placesWithin } from '../draft/places.ts'
import { boundInPath } from '../draft/routes/route.ts'
import type { Check } from './check.ts'
import { related, selectorOf } from './wording.ts'

/** Formats whose texts have a slash. */
const slashed: ReadonlySet<string> = new Set(['uri', 'url', 'iri', 'json-pointer'])

/** A path parameter whose document expects values with a slash, which are refused unless the manifest decides otherwise. */
export const refusedSlash: Check = {
  of: 'route',
  find: (route) => {
    const { operation, options, request, source, origin } = route
    const { document } = source.model
    const bound = boundInPath(request.bind)
    return operation.parameters.flatMap((parameter) => {
      const { name, in: place } = parameter
      const isBound = bound.includes(name)
      if (place !== 'path' || !(isBound || request.path.includes(name))) return []
      if (options.parameters.some((one) => one.name === name)) return []
      const reason = slashIn(parameter, document)
      if (reason === null) return []
      return [
        {
          message: `${selectorOf(route)}: \`${name}\` ${reason}, but ${isBound ? 'a claim with a slash is answered with 403' : 'a value with an encoded slash is answered with 400'}.`,
          origin,
          related: related(parameter.origin, 'declares the parameter'),
          remedy: `Allow it, if the service reads \`%2F\` as a part of the value, or write \`encodedSlash: refuse\`:\n    ${selectorOf(route)}: { parameters: { ${name}: { encodedSlash: allow } } }`,
        },
      ]
    })
  },
}

/** What in the document of a parameter expects a slash; `null`: nothing. */
function slashIn({ schema, examples }: ParameterModel, document: JsonObject): string | null {
  if (examples.some(({ value }) => hasSlash(value))) return 'has an example with a slash'
  for (const { schemas } of placesWithin([schema.schema], document, new Set())) {
    for (const one of schemas) {
      const { enum: values, const: value, default: usual, example, examples: more, format, pattern } = one
      if ([values, value].some(hasSlash)) return 'has a value with a slash'
      if (hasSlash(usual)) return 'has a default with a slash'
      if ([example, more].some(hasSlash)) return 'has an example with a slash'
      if (typeof format === 'string' && slashed.has(format))
        return `has the format \`${format}\`, whose values have slashes`
      if (typeof pattern === 'string' && needsSlash(pattern)) return 'has a pattern that requires a slash'
    }
  }
  return null
}

function hasSlash(value: JsonValue | undefined): boolean {
  return typeof value === 'string' ? value.includes('/') : Array.isArray(value) && value.some(hasSlash)
}

/** Whether each text that a pattern matches has a slash: one stands outside of groups, classes and alternatives, and is not optional. */
export function needsSlash(pattern: string): boolean {
  let text = pattern
    .replaceAll('\\/', '/')
    .replace(/\\./gs, '.')
    .replace(/\[[^\]]*\]/g, '.')
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(
      /\((\?[:=!<][=!]?)?([^()]*)\)([?*]|\{0)?/g,
      (_, kind: string | undefined, inner: string, optional) =>
        optional !== undefined || inner.includes('|') || (kind !== undefined && kind !== '?:') ? '.' : inner,
    )
  }
  return !text.includes('|') && /\/(?![?*]|\{0)/.test(text)
}
