import type { CredentialModel, ParameterModel } from '../../model/types.ts'
import { headerOf } from '../draft/credentials.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A header that the operation declares as a parameter, and that only a credential which is not sent would fill. */
export const unsentHeader: Check = {
  of: 'route',
  find: (route) =>
    unfilled(route).map(({ parameter: { name, required, origin }, by }) => ({
      message: `${selectorOf(route)} declares the header \`${name}\`${required ? ' as required' : ''}, but is called without the credential \`${by.kind}\` of \`${route.source.manifest.id}\`, which would fill it: the document asks for none.`,
      origin: route.origin,
      related: [
        { origin, message: `declares \`${name}\`` },
        { origin: by.origin, message: `the credential \`${by.kind}\`` },
      ],
      remedy: `To send the credential, write it for the operation:\n    ${selectorOf(route)}: { credential: ${by.kind === 'principal' ? 'principal' : `{ ${by.kind}: ... }`} }`,
    })),
}

/** The header parameters of a route's operation that credentials of its service would fill, if they were sent. */
export function unfilled({ operation, unsent, credentials }: RouteDraft): readonly {
  readonly parameter: ParameterModel
  readonly by: CredentialModel
}[] {
  if (unsent.length === 0) return []
  return operation.parameters.flatMap((parameter) => {
    const fills = (credential: CredentialModel): boolean => headerOf(credential) === parameter.name.toLowerCase()
    const by = unsent.find(fills)
    return parameter.in !== 'header' || by === undefined || credentials.some(fills) ? [] : [{ parameter, by }]
  })
}
