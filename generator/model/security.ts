import type { JsonObject, JsonValue } from '../read/types.ts'
import { below, didYouMean, keyOf, type Origin } from '../support/index.ts'
import type { Faults } from './faults.ts'
import { isObject, namedIn, type Source, textOf } from './source.ts'
import type { SecurityRequirement, SecurityScheme } from './types.ts'

/** `components.securitySchemes`, in the order written. A scheme that cannot be parsed is `unknown`. */
export function schemesOf(source: Source): readonly SecurityScheme[] {
  const { document, file } = source.spec
  const components = isObject(document['components']) ? document['components'] : {}
  const schemes = components['securitySchemes']
  const origin = source.originOf(schemes, { file, pointer: '/components/securitySchemes' })
  return namedIn(schemes).map(([name, node]) => {
    const followed = source.follow(node, below(origin, name))
    const value = followed.kind === 'node' && isObject(followed.value) ? followed.value : {}
    const place = followed.kind === 'node' ? followed.origin : followed.fault.origin
    const apiKey = value['type'] === 'apiKey'
    return {
      name,
      kind: kindOf(value),
      in: apiKey ? placeOf(value['in']) : null,
      parameterName: apiKey ? textOf(value['name']) : null,
      origin: place,
    }
  })
}

/** An OR of ANDs; `null` when `security` is not written. */
export function requirementsOf(
  node: JsonValue | undefined,
  near: Origin,
  schemes: readonly SecurityScheme[],
  faults: Faults,
): readonly SecurityRequirement[] | null {
  if (node === undefined) return null
  if (!Array.isArray(node)) {
    faults.add('GW2115', '`security` must be a list of requirements.', near)
    return null
  }
  const names = schemes.map(({ name }) => name)
  return node.map((requirement: JsonValue, index) => {
    const origin = below(near, index)
    if (!isObject(requirement)) {
      // Read as `{}` it would make the operation public.
      faults.add('GW2115', 'A security requirement must be a map from schemes to scopes.', origin)
      return []
    }
    return Object.entries(requirement).map(([scheme, scopes]) => {
      const place = keyOf(below(origin, scheme))
      if (!names.includes(scheme)) {
        faults.add('GW2114', `The security scheme \`${scheme}\` does not exist.${didYouMean(scheme, names)}`, place)
      }
      return { scheme, scopes: scopesOf(scopes, place, faults), origin: place }
    })
  })
}

function scopesOf(scopes: JsonValue, origin: Origin, faults: Faults): readonly string[] {
  if (Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string')) return scopes
  faults.add('GW2115', 'The scopes of a security requirement must be a list of texts.', origin)
  return []
}

function kindOf(scheme: JsonObject): SecurityScheme['kind'] {
  switch (scheme['type']) {
    case 'oauth2':
    case 'openIdConnect':
    case 'apiKey':
    case 'mutualTLS':
      return scheme['type']
    case 'http': {
      // RFC 9110 section 11.1: the scheme's name is case-insensitive.
      const name = (textOf(scheme['scheme']) ?? '').toLowerCase()
      return name === 'bearer' ? 'http-bearer' : name === 'basic' ? 'http-basic' : 'http-other'
    }
    default:
      return 'unknown'
  }
}

function placeOf(value: JsonValue | undefined): SecurityScheme['in'] {
  return value === 'header' || value === 'query' || value === 'cookie' ? value : null
}
