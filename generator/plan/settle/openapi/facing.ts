import type { JsonObject } from '../../../read/types.ts'
import { compareText } from '../../../support/index.ts'
import { partial } from '../schemas/discriminator.ts'
import type { Translated } from '../schemas/index.ts'
import { withoutReferences } from '../schemas/literals.ts'
import { mentionsMarks } from '../schemas/marks.ts'
import { referredName } from '../schemas/references.ts'
import { mapSubschemas, mapValues, subschemas } from '../schemas/subschemas.ts'
import { isObject, isText } from '../schemas/values.ts'
import { withoutBound } from './binding.ts'
import { type Components, referredNames } from './components.ts'
import { createDirections, type Direction } from './direction.ts'

/** The schemas of one service as the contract of a client shows them. */
export interface Facing {
  /** Registers a use of a schema, and of every component that it leads to. All uses come before the first `show`. */
  use(schema: Translated, direction: 'request' | 'answer'): void
  /** A schema that has been used. */
  show(schema: Translated, direction: 'request' | 'answer'): Translated
  /** Components that have been used, with their names in the contract, in code-unit order. */
  components(): readonly (readonly [name: string, schema: Translated])[]
  /** The schema of an object without the members that the gateway sets (`bind`). */
  without(schema: Translated, members: ReadonlySet<string>): Translated
  /** Whether a schema, or one that it refers to, has members that this direction does not have. */
  hides(schema: Translated, direction: 'request' | 'answer'): boolean
}

/** The extension of contracts that says what `defaultMapping` says in OpenAPI 3.2. */
const mappingMark = 'x-default-mapping'

/** Annotations that contain values, and so might contain hidden members. */
function isExemplary(keyword: string): boolean {
  return keyword === 'example' || keyword === 'examples' || keyword === 'default'
}

/** Components are renamed to `<service>.<name>`: two services may have components of the same name. */
export function createFacing(service: string, schemas: Components): Facing {
  const directions = createDirections(schemas)
  const used = new Map<string, Direction>()
  // Most services have neither `readOnly` nor `writeOnly`; then no member is absent anywhere.
  let marked = [...schemas.values()].some(mentionsMarks)

  const pruned = (schema: JsonObject, direction: Direction): JsonObject =>
    marked ? directions.pruned(schema, direction) : schema

  const follow = (start: Translated, direction: 'request' | 'answer'): void => {
    const waiting = [start]
    for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
      if (!isObject(schema)) continue
      const shown = pruned(schema, direction)
      for (const name of referredNames(shown)) {
        const before = used.get(name)
        if (before === direction || before === 'both') continue
        used.set(name, before === undefined ? direction : 'both')
        waiting.push(schemas.get(name) ?? true)
      }
      for (const below of subschemas(shown)) waiting.push(below)
    }
  }

  const show = (schema: Translated, direction: Direction): Translated => {
    if (!isObject(schema)) return schema
    const telling = marked && Object.keys(schema).some(isExemplary) && directions.hides(schema, direction)
    const copy = mapSubschemas(
      pruned(schema, direction),
      (below) => show(below, direction),
      (keyword) => !telling || !isExemplary(keyword),
    )
    const { $ref, discriminator } = copy
    if (isText($ref)) copy['$ref'] = renamed($ref)
    if (isObject(discriminator)) {
      if (discriminator[partial] === true) delete copy['discriminator']
      else copy['discriminator'] = renamedMapping(discriminator)
    }
    return withoutReferences(copy)
  }

  const renamed = (reference: string): string => `#/components/schemas/${service}.${referredName(reference)}`

  const renamedMapping = (discriminator: JsonObject): JsonObject => {
    // The contract is OpenAPI 3.1, which has no `defaultMapping`, but allows extensions here.
    const { propertyName = null, mapping, defaultMapping } = discriminator
    return {
      propertyName,
      ...(isObject(mapping) ? { mapping: mapValues(mapping, (to) => (isText(to) ? renamed(to) : to)) } : {}),
      ...(isText(defaultMapping) ? { [mappingMark]: renamed(defaultMapping) } : {}),
    }
  }

  return {
    use(schema, direction) {
      marked ||= mentionsMarks(schema)
      follow(schema, direction)
    },
    show,
    components: () =>
      [...used]
        .sort(([a], [b]) => compareText(a, b))
        .map(([name, direction]) => [`${service}.${name}`, show(schemas.get(name) ?? true, direction)]),
    without: (schema, members) => withoutBound(schema, members, schemas),
    hides: (schema, direction) => marked && directions.hides(schema, direction),
  }
}
