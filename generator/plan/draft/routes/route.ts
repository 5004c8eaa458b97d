import type { Access, Bind, Method } from '../../../../templates/runtime/vocabulary.ts'
import { inherited } from '../../../../templates/runtime/words/inherited.ts'
import type { AuthenticatorModel, ClientManifest, OperationModel, ParameterModel } from '../../../model/types.ts'
import { decidedMembers, resolve } from '../../../settings/index.ts'
import { compareText, keyOf } from '../../../support/index.ts'
import { readCondition } from '../access/conditions.ts'
import { type AccessDecision, decideAccess } from '../access/decision.ts'
import { readSpecAccess } from '../access/specAccess.ts'
import { sentTo } from '../credentials.ts'
import { endpointsOf } from '../endpoints.ts'
import type { Inputs } from '../expression/compile.ts'
import { factsOf, type SchemaFacts } from '../schemaFacts.ts'
import { layOver } from '../selectors/layering.ts'
import { type Asked, mostSpecific } from '../selectors/selection.ts'
import type { ServiceSource } from '../source.ts'
import type { RouteDraft } from '../types.ts'
import { type BindDraft, bindableInputs, type OwnDraft, readBind, readOwn } from './claimUses.ts'
import { admitParameters, credentialPlaces } from './parameters.ts'
import { exposedPath, parametersOf, templateText } from './path.ts'
import { documentsRedirect } from './redirects.ts'
import { requestPolicy } from './request.ts'
import type { PathIndex } from './siblings.ts'

/** Methods that a route may have. */
const routeMethods: ReadonlySet<string> = new Set<Method>(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'])

/** Data that routes share. */
interface RouteSurroundings {
  readonly paths: PathIndex
  readonly client: ClientManifest
  readonly authenticators: readonly AuthenticatorModel[]
}

/** Drafts one route. Its errors are kept in the draft, for the checks. */
export function draftRoute(
  { operation, layers }: Asked,
  source: ServiceSource,
  key: string,
  surroundings: RouteSurroundings,
): RouteDraft {
  const { client, authenticators, paths } = surroundings
  const { model, manifest } = source
  const { options, disagreements } = layOver(layers)
  const document = model.document
  const settings = resolve('selector', { selector: options, client: client.settings, service: manifest.settings })

  const inputs = options.bind.length === 0 ? [] : bindableInputs(operation, document)
  const binds = options.bind.map((use) => readBind(use, inputs))
  const bound = binds.flatMap(boundInput)
  const isBound = ({ in: place, name }: ParameterModel): boolean =>
    bound.some((one) => one.in === place && one.name === name)

  const places = credentialPlaces(source, settings.credential.value, authenticators)
  const { admitted, withheld } = admitParameters(operation, isBound, places)
  const path = exposedPath(options.path, operation.path)

  const inPath = new Set([...parametersOf(path.segments), ...boundInPath(bound)])
  const slashed = options.parameters
    .filter(({ name, encodedSlash }) => encodedSlash === 'allow' && inPath.has(name))
    .map(({ name }) => name)
  const decision = decideAccess(readSpecAccess(operation, source), options.access)
  const condition = decision.when === null ? null : readCondition(decision.when, inputsOf(admitted, source))
  const owns = options.own.map(readOwn)

  return {
    id: `${manifest.id}.${key}`,
    key,
    operation,
    source,
    layers,
    options,
    settings,
    disagreements,
    origin: keyOf(mostSpecific(layers).entry.origin),
    method: methodOf(options.method?.value, operation),
    path,
    decision,
    condition,
    access: accessOf(decision, condition?.expression ?? null, owns),
    binds,
    owns,
    withheld,
    request: {
      ...requestPolicy(parametersOf(path.segments), admitted, operation.body, bound, settings),
      ...(slashed.length === 0 ? {} : { encodedSlash: slashed }),
    },
    ...sentTo(operation, source, settings.credential.value, options.credential),
    endpoints: endpointsOf(operation, source),
    action: actionOf(operation, paths, new Set(slashed)),
    answers: {
      ...decidedMembers(inherited.answers, settings),
      statuses: operation.responses.map(({ status }) => status),
      ...(settings.unauthorized.value === 'pass' ? { unauthorized: 'pass' as const } : {}),
      ...(settings.redirect.value === 'pass' && documentsRedirect(operation) ? { redirect: 'pass' as const } : {}),
    },
  }
}

/** The bind of a draft; none unless it matches exactly one input and its claim is valid. */
function boundInput({ claim, targets }: BindDraft): readonly Bind[] {
  const [target, ...others] = targets
  if (target === undefined || others.length > 0 || claim === null) return []
  return [{ in: target.in, name: target.name, claim }]
}

function inputsOf(admitted: readonly ParameterModel[], { model }: ServiceSource): Inputs {
  const of = (place: ParameterModel['in']): ReadonlyMap<string, SchemaFacts> =>
    new Map(
      admitted
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) => [name, factsOf(schema, model.document)]),
    )
  return { path: of('path'), query: of('query'), header: of('header') }
}

function methodOf(override: string | undefined, operation: OperationModel): Method {
  const method = override?.toUpperCase() ?? operation.method
  return isRouteMethod(method) ? method : 'GET'
}

export function isRouteMethod(method: string): method is Method {
  return routeMethods.has(method)
}

function accessOf(
  { rule }: AccessDecision,
  when: Extract<Access, { kind: 'principal' }>['when'][number] | null,
  owns: readonly OwnDraft[],
): Access | null {
  if (rule === null || rule.kind === 'public') return rule
  return {
    kind: 'principal',
    anyOf: rule.anyOf,
    own: owns
      .flatMap(({ use, claim }) => (claim === null ? [] : [{ parameter: use.input, claim }]))
      .sort((a, b) => compareText(a.parameter, b.parameter)),
    when: when === null ? [] : [when],
  }
}

/** The path parameters that the gateway fills. */
export function boundInPath(bound: readonly Pick<Bind, 'in' | 'name'>[]): readonly string[] {
  return bound.filter((one) => one.in === 'path').map(({ name }) => name)
}

/** `slashed`: path parameters whose values may have slashes. */
function actionOf(operation: OperationModel, paths: PathIndex, slashed: ReadonlySet<string>): RouteDraft['action'] {
  const { segments, query } = operation.path
  const reserved = paths.siblingsOf(operation, slashed)
  return {
    method: methodOf(undefined, operation),
    path: query === null ? templateText(segments) : `${templateText(segments)}?${query}`,
    ...(reserved.length === 0 ? {} : { reserved }),
  }
}
