import { keyOf, list } from '../../support/index.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check, Finding } from './check.ts'
import { unfilled } from './unsentHeader.ts'
import { selectorOf } from './wording.ts'

/**
 * An operation that is not sent the credential of its service, because its document asks for none. Those of one credential have one
 * cause. `unsentHeader` reports those that declare its header.
 */
export const unsentCredential: Check = {
  of: 'manifest',
  find: (clients) => {
    const routes = clients
      .flatMap((client) => client.routes)
      .filter((route) => route.access !== null && route.unsent.length > 0 && unfilled(route).length === 0)
    // Several clients may expose an operation.
    const distinct = new Map(routes.map((route) => [JSON.stringify([selectorOf(route), causeOf(route)]), route]))
    return [...distinct.values()].map(unsentTo)
  },
}

function causeOf({ source, unsent }: RouteDraft): string {
  return JSON.stringify([source.manifest.id, ...unsent.map(({ origin }) => [origin.file, origin.pointer])])
}

function unsentTo(route: RouteDraft): Finding {
  const { operation, source, unsent } = route
  const { id } = source.manifest
  const selector = selectorOf(route)
  const name = selector.replace(/^'(.*)'$/, '$1')
  const kinds = [...new Set(unsent.map(({ kind }) => `\`${kind}\``))]
  const remedy = [
    `To send a credential, write it in an entry of \`expose\` that covers less than \`${id}.*\`. To confirm that none is sent, write`,
    `    ${selector}: { credential: none }`,
  ]
  return {
    message: `\`${name}\` is called without the ${unsent.length === 1 ? 'credential' : 'credentials'} ${list(kinds)} of \`${id}\`: the document asks for none.`,
    origin: operation.securityOrigin ?? operation.origin,
    related: unsent.map(({ kind, origin }) => ({ origin: keyOf(origin), message: `the credential \`${kind}\`` })),
    subject: name,
    cause: causeOf(route),
    remedy: remedy.join('\n'),
  }
}
