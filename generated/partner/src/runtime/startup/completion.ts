import type { Environment } from '../environment/environment.ts'
import type {
  AnswerDefaults,
  Client,
  ClientDefaults,
  Gateway,
  RequestPolicy,
  Route,
  Service,
  ServiceDefaults,
  WrittenGateway,
  WrittenRoute,
} from '../vocabulary.ts'
import { inherited } from '../words/inherited.ts'
import { bodyLimit } from '../words/mediaTypes.ts'

/**
 * Completes each route once, so that no step needs the defaults of a service or client. A route whose service does not exist is
 * refused through `environment` and left out.
 */
export function completeGateway(written: WrittenGateway, environment: Environment): Gateway {
  const { client, services } = written
  const routes = written.routes.flatMap((route) => {
    const { service } = route.action
    const found = Object.hasOwn(services, service) ? services[service] : undefined
    if (found === undefined) environment.refuse(`route ${route.id} calls ${service}, which is not a service`)
    return found === undefined ? [] : [completeRoute(route, client, found)]
  })
  return { ...written, routes }
}

/** The route, completed with the defaults of its service and client. Every route has its members in the same order. */
export function completeRoute(written: WrittenRoute, client: Client, service: Service): Route {
  const { id, method, path, access, contract, action, answers } = written
  return {
    id,
    method,
    path,
    access,
    contract,
    request: completeRequest(written.request ?? {}, client),
    action: { ...action, credentials: action.credentials ?? service.sends },
    answers: { ...answers, ...inherit<AnswerDefaults>(inherited.answers, answers, service.answers) },
    ...inherit<ServiceDefaults>(inherited.route, written, service),
  }
}

function completeRequest(written: Partial<RequestPolicy>, client: Client): RequestPolicy {
  const { path = [], query = [], header = [], cookie = [], body = null, bind = [] } = written
  const { maxBody = bodyLimit(body, client.maxBody) } = written
  const defaults = inherit<ClientDefaults>(inherited.request, written, client)
  const { pathNames, encodedSlash } = written
  const named = pathNames === undefined ? {} : { pathNames }
  const slashes = encodedSlash === undefined ? {} : { encodedSlash }
  return { path, ...named, query, header, cookie, body, bind, ...slashes, ...defaults, maxBody }
}

/** The members, in their order: the route's own value, or that of its service or client. */
function inherit<T extends object>(members: Readonly<Record<keyof T, string>>, own: Partial<T>, from: T): T {
  const names = Object.keys(members) as (keyof T)[]
  return Object.fromEntries(names.map((name) => [name, own[name] ?? from[name]])) as T
}
