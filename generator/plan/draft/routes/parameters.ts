import { cookieName, cookiePairs } from '../../../../templates/runtime/words/cookiePairs.ts'
import { headerUse, isClientHeader } from '../../../../templates/runtime/words/headers.ts'
import type {
  AuthenticatorModel,
  CredentialModel,
  OperationModel,
  ParameterModel,
  SecurityScheme,
} from '../../../model/types.ts'
import type { ServiceSource } from '../source.ts'

/** A parameter that the operation declares and a client may not send. */
export interface WithheldParameter {
  readonly parameter: ParameterModel
  /**
   * `standard`: OpenAPI itself says to ignore it; `gateway`: the gateway writes it; `credential`: it carries a credential;
   * `reserved`: clients may not send it to a service, or gateways do not accept its name from clients (rule P5).
   */
  readonly reason: 'standard' | 'gateway' | 'credential' | 'reserved'
}

/** Names of inputs with credentials: of the caller for the gateway, and of the gateway for the service. Headers in lower case. */
export interface CredentialPlaces {
  readonly header: ReadonlySet<string>
  readonly query: ReadonlySet<string>
  readonly cookie: ReadonlySet<string>
}

/** The names of inputs that carry credentials on a route. */
export function credentialPlaces(
  { model }: ServiceSource,
  credentials: readonly CredentialModel[],
  authenticators: readonly AuthenticatorModel[],
): CredentialPlaces {
  const of = (place: SecurityScheme['in']): readonly string[] =>
    model.schemes.flatMap((scheme) =>
      scheme.in === place && scheme.parameterName !== null ? [scheme.parameterName] : [],
    )
  const written = credentials.flatMap((credential) => (credential.kind === 'header' ? [credential.name] : []))
  const read = authenticators.flatMap((authenticator) =>
    authenticator.kind === 'api-key' ? [authenticator.header.value] : [],
  )
  const cookies = of('cookie')
  const own = credentials.flatMap((credential) =>
    credential.kind === 'header' && credential.name.toLowerCase() === 'cookie'
      ? cookiePairs(credential.value.text).map(cookieName)
      : [],
  )
  const field = cookies.length > 0 ? ['cookie'] : []
  return {
    header: new Set(
      [...of('header'), ...field, ...written, ...read, 'authorization'].map((name) => name.toLowerCase()),
    ),
    query: new Set(of('query')),
    cookie: new Set([...cookies, ...own]),
  }
}

/** Splits an operation's parameters into those a client may send and those it may not. Bound ones are in neither list. */
export function admitParameters(
  operation: OperationModel,
  isBound: (parameter: ParameterModel) => boolean,
  places: CredentialPlaces,
): { readonly admitted: readonly ParameterModel[]; readonly withheld: readonly WithheldParameter[] } {
  const free = operation.parameters.filter((parameter) => !isBound(parameter))
  const withheld = free.flatMap((parameter) => {
    const reason = reasonToWithhold(parameter, places)
    return reason === null ? [] : [{ parameter, reason }]
  })
  const out = new Set(withheld.map(({ parameter }) => parameter))
  return { admitted: free.filter((parameter) => !out.has(parameter)), withheld }
}

function reasonToWithhold(parameter: ParameterModel, places: CredentialPlaces): WithheldParameter['reason'] | null {
  if (parameter.in === 'path') return null
  if (parameter.in !== 'header') return places[parameter.in].has(parameter.name) ? 'credential' : null
  const { ignored, request } = headerUse(parameter.name)
  if (ignored) return 'standard'
  if (request === 'gateway') return 'gateway'
  if (places.header.has(parameter.name.toLowerCase())) return 'credential'
  return isClientHeader(parameter.name) ? null : 'reserved'
}
