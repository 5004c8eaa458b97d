import type { Route, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import type { ClientPlan } from '../plan/types.ts'
import { shellQuoted, sortedBy } from '../support/index.ts'
import { exemplaryContract } from './published.ts'
import { type RequestOptions, type SampleRequest, sampleRequest } from './requests.ts'
import type { DevelopmentUser } from './users.ts'

/** A call to paste into a shell, and its expected status. */
export interface Call {
  readonly status: number
  readonly about: string
  readonly command: string
}

export interface Caller {
  readonly user: DevelopmentUser
  /**
   * The header line with the credential. In commands the credential is a shell variable, because tokens are long. Empty: the
   * credential is not known.
   */
  readonly header: string
}

/**
 * A few calls that demonstrate a gateway: 401 without a credential, 403 without the scope, 400 for an invalid
 * parameter, 200 with data. Contains only calls whose status is certain.
 *
 * @param isSimulated whether a service is simulated; what others answer is not known
 */
export function callsToTry(
  client: ClientPlan,
  url: string,
  callers: readonly Caller[],
  isSimulated: (service: string) => boolean = () => true,
): readonly Call[] {
  const known = callers.filter(({ header }) => header !== '')
  const able = known.find(({ user }) => user.name === 'alice')
  const unable = known.find(({ user }) => user.name === 'noah')
  const answers = ({ route }: Readable): boolean => isSimulated(route.action.service)
  // Paths without ids come first: they need no invented values.
  const plainFirst = sortedBy(client.routes, ({ route }) => `${route.request.path.length} ${route.path}`)
  const routes = plainFirst.flatMap((plan) =>
    readable(client, plan.route, able?.user.claims ?? {}, able?.user.subject ?? ''),
  )
  const open = routes.find(({ route }) => route.access.kind === 'public')
  const guarded =
    routes.find(({ route }) => scopesOf(route).length > 0) ?? routes.find(({ route }) => route.access.kind !== 'public')
  const strict = routes.find(({ route, bad }) => bad !== null && (route.access.kind === 'public' || able !== undefined))
  const calls: Call[] = []
  const add = (status: number, about: string, target: string, header: string | null): void => {
    calls.push({
      status,
      about,
      command: `curl -i${header === null ? '' : ` -H "${header}"`} ${shellQuoted(`${url}${targetPrefix(client)}${target}`)}`,
    })
  }

  if (open !== undefined && answers(open)) add(200, 'public', open.request.target, null)
  if (guarded !== undefined) {
    const { route, request } = guarded
    add(401, 'without a credential', request.target, null)
    if (unable !== undefined && scopesOf(route).length > 0) add(403, 'without the scope', request.target, unable.header)
    if (able !== undefined && answers(guarded)) add(200, 'projected to the contract', request.target, able.header)
  }
  if (strict?.bad) {
    const header = strict.route.access.kind === 'public' ? null : (able?.header ?? null)
    add(400, 'names the bad field', strict.bad, header)
  }
  return calls
}

/** What a gateway's paths begin with. */
export function targetPrefix({ client }: ClientPlan): string {
  return client.stripBasePath ? (client.basePath ?? '') : ''
}

interface Readable {
  readonly route: Route
  readonly request: SampleRequest
  /** The same call with an invalid query parameter. */
  readonly bad: string | null
}

function readable(
  client: ClientPlan,
  route: Route,
  claims: Readonly<Record<string, unknown>>,
  subject: string,
): Readable[] {
  if (route.method !== 'GET' || hasCondition(route)) return []
  const service = client.services.find(({ id }) => id === route.action.service)
  if (service === undefined || !answersJson(route, service.schemas)) return []
  const { schemas, sampler } = exemplaryContract(service)
  const options: RequestOptions = { variant: 0, optional: false, claims: { ...claims, sub: subject } }
  const request = sampleRequest(route, schemas, sampler, options)
  if (!request.fits || Object.keys(request.headers).length > 0) return []
  return [{ route, request, bad: badTarget(route, schemas, request) }]
}

function answersJson(route: Route, schemas: ServiceSchemas): boolean {
  return Object.keys(schemas.operations[route.contract.operation]?.answers['200']?.content ?? {}).some((type) =>
    /[/+]json/.test(type),
  )
}

/** The call with `many` as the value of a numeric query parameter. */
function badTarget(route: Route, schemas: ServiceSchemas, request: SampleRequest): string | null {
  const parameters = schemas.operations[route.contract.operation]?.query ?? {}
  const name = route.request.query.find((one) => {
    const schema = parameters[one]?.schema
    return typeof schema === 'object' && ['integer', 'number'].includes(String(schema['type']))
  })
  if (name === undefined || Object.hasOwn(request.values.query, name)) return null
  return `${request.target}${request.target.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=many`
}

/** Whether the route has a `when` condition, which is not evaluated here. */
function hasCondition({ access }: Route): boolean {
  return access.kind === 'principal' && access.when.length > 0
}

function scopesOf(route: Route): readonly string[] {
  return route.access.kind === 'principal' ? route.access.anyOf.flatMap(({ scopes }) => scopes) : []
}
