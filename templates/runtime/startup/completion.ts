import type { Environment } from '../environment/environment.ts'
import type { Client, Gateway, RequestPolicy, Route, Service, WrittenGateway, WrittenRoute } from '../vocabulary.ts'
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
  const { id, method, path, access, contract, action, answers, timeout } = written
  return {
    id,
    method,
    path,
    access,
    contract,
    request: completeRequest(written.request ?? {}, client),
    action: { ...action, credentials: action.credentials ?? service.sends },
    answers: {
      check: answers.check ?? service.answers.check,
      undeclared: answers.undeclared ?? service.answers.undeclared,
      statuses: answers.statuses,
    },
    timeout: timeout ?? service.timeout,
  }
}

function completeRequest(written: Partial<RequestPolicy>, client: Client): RequestPolicy {
  const { path = [], query = [], header = [], cookie = [], body = null, bind = [] } = written
  const { undeclaredQuery = client.undeclaredQuery, maxBody = bodyLimit(body, client.maxBody) } = written
  return { path, query, header, cookie, body, bind, undeclaredQuery, maxBody }
}
