import { baseName } from '../../../templates/runtime/words/foldedNames.ts'
import { foldText } from '../../../templates/runtime/words/folding.ts'
import { essenceOf, isJson } from '../../../templates/runtime/words/mediaTypes.ts'
import { keyOf, type Origin } from '../../support/index.ts'
import { declaredMembers, placeOf } from '../draft/places.ts'
import type { BindTarget } from '../draft/routes/claimUses.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/**
 * A declared input whose name differs from a bound one only in what services may ignore, such as case. Clients could send it, and
 * the service may read it as the bound one (rule P13).
 */
export const boundVariant: Check = {
  of: 'route',
  find: (route) =>
    route.binds.flatMap(({ use, targets: [target, ...others] }) => {
      if (target === undefined || others.length > 0) return []
      const folded = foldText(target.name)
      const variant = sendable(route, target).find(
        ({ name }) => name !== target.name && foldText(baseName(name)) === folded,
      )
      if (variant === undefined) return []
      return [
        {
          message: `${selectorOf(route)} binds \`${target.name}\`, and clients can send \`${variant.name}\`, which services may read as the same name.`,
          origin: keyOf(use.origin),
          related: [{ origin: variant.origin, message: `declares \`${variant.name}\`` }],
          remedy: 'Remove one of the names from the spec with an overlay, or rename it.',
        },
      ]
    }),
}

interface Input {
  readonly name: string
  readonly origin: Origin
}

/** The inputs that a service reads in the same place as the target. */
function sendable(route: RouteDraft, target: BindTarget): readonly Input[] {
  const { operation, source } = route
  const { document } = source.model
  const membersOf = (schema: Parameters<typeof placeOf>[0], near: Origin): readonly Input[] =>
    [...declaredMembers(placeOf(schema, document))].map(([name, properties]) => ({
      name,
      origin: source.model.originOf(properties) ?? near,
    }))
  if (target.in === 'body') {
    return (operation.body?.content ?? []).flatMap(({ type, schema }) =>
      isJson(essenceOf(type)) && schema !== null ? membersOf(schema.schema, schema.origin) : [],
    )
  }
  if (target.in !== 'query') return []
  return operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, origin, explode, style, schema }) => [
      { name, origin },
      // Each member of an exploded object is a parameter of its own.
      ...(explode && style === 'form' ? membersOf(schema.schema, schema.origin) : []),
    ])
}
