import type { Route, WrittenRoute } from '../../../templates/runtime/vocabulary.ts'
import { inherited } from '../../../templates/runtime/words/inherited.ts'
import { isOwn, ownMembers, type ResolvedAt } from '../../settings/index.ts'
import { hasOwnCredentials } from '../draft/credentials.ts'
import type { RouteDraft } from '../draft/types.ts'

/**
 * A route as written in `routes.ts`: without inherited values of its service and client, and without empty lists. The members are in the
 * order in which they are printed, which is for readers: the route, access, contract, input, target, answer.
 */
export function writtenRoute(route: Route, draft: RouteDraft): WrittenRoute {
  const { settings } = draft
  const { id, method, path, access, contract, answers } = route
  const { credentials, ...action } = route.action
  const request = writtenRequest(route, settings)
  return {
    id,
    method,
    path,
    access,
    contract,
    ...(Object.keys(request).length === 0 ? {} : { request }),
    action: { ...action, ...(hasOwnCredentials(draft) ? { credentials } : {}) },
    answers: { ...ownMembers(inherited.answers, settings), ...ownAnswers(answers) },
    ...ownMembers(inherited.route, settings),
  }
}

/** The members of `answers` that no service or client has. */
function ownAnswers({ statuses, unauthorized, redirect }: Route['answers']): WrittenRoute['answers'] {
  return {
    statuses,
    ...(unauthorized === undefined ? {} : { unauthorized }),
    ...(redirect === undefined ? {} : { redirect }),
  }
}

function writtenRequest({ request }: Route, settings: ResolvedAt<'selector'>): NonNullable<WrittenRoute['request']> {
  const { path, query, header, cookie, body, bind, encodedSlash, maxBody, pathNames } = request
  const lists = Object.entries({ path, query, header, cookie }).filter(([, names]) => names.length > 0)
  return {
    ...Object.fromEntries(lists),
    ...(pathNames === undefined ? {} : { pathNames }),
    ...(body === null ? {} : { body }),
    ...(bind.length === 0 ? {} : { bind }),
    ...(encodedSlash === undefined ? {} : { encodedSlash }),
    ...ownMembers(inherited.request, settings),
    ...(body !== null && isOwn(settings.maxBody) ? { maxBody } : {}),
  }
}
