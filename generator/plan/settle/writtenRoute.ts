import type { Route, WrittenRoute } from '../../../templates/runtime/vocabulary.ts'
import type { Resolved, ResolvedAt } from '../../settings/index.ts'

/** A route as written in `routes.ts`: without inherited values of its service and client, and without empty lists. */
export function writtenRoute(route: Route, settings: ResolvedAt<'selector'>): WrittenRoute {
  const { id, method, path, access, contract, answers, timeout } = route
  const { credentials, ...action } = route.action
  const request = writtenRequest(route, settings)
  return {
    id,
    method,
    path,
    access,
    contract,
    ...(Object.keys(request).length === 0 ? {} : { request }),
    action: { ...action, ...(isOwn(settings.credential) ? { credentials } : {}) },
    answers: {
      ...(isOwn(settings.answers) ? { check: answers.check } : {}),
      ...(isOwn(settings.undeclared) ? { undeclared: answers.undeclared } : {}),
      statuses: answers.statuses,
    },
    ...(isOwn(settings.timeout) ? { timeout } : {}),
  }
}

function writtenRequest({ request }: Route, settings: ResolvedAt<'selector'>): NonNullable<WrittenRoute['request']> {
  const { path, query, header, cookie, body, bind, undeclaredQuery, maxBody } = request
  const lists = Object.entries({ path, query, header, cookie }).filter(([, names]) => names.length > 0)
  return {
    ...Object.fromEntries(lists),
    ...(body === null ? {} : { body }),
    ...(bind.length === 0 ? {} : { bind }),
    ...(isOwn(settings.undeclaredQuery) ? { undeclaredQuery } : {}),
    ...(body !== null && isOwn(settings.maxBody) ? { maxBody } : {}),
  }
}

/** Whether an entry of `expose` sets it. Inherited values are in `services.ts` and `client.ts`. */
function isOwn({ level }: Resolved<unknown>): boolean {
  return level === 'selector'
}
