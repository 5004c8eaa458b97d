import { headerUse } from '../../../templates/runtime/words/headers.ts'
import { below } from '../../support/index.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** Fields that every answer of a gateway has, so that clients get them with the gateway's values. */
const everywhere: ReadonlySet<string> = new Set([
  'content-security-policy',
  'cross-origin-resource-policy',
  'date',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-request-id',
])

/** A documented field of an answer that does not reach clients. */
export const droppedHeader: Check = {
  of: 'route',
  find: (route) =>
    [...dropped(route)].map(([lower, { name, origin, status }]) => {
      const [why, instead] = fateOf(lower)
      const overlay = [
        'overlay: 1.0.0',
        `info: { title: Fields of ${route.source.manifest.id}, version: 1.0.0 }`,
        'actions:',
        `  - target: "$..headers['${name}']"`,
        '    remove: true',
      ]
      return {
        message: `Answers ${status} of ${selectorOf(route)} are documented with \`${name}\`, which does not reach clients: ${why}.`,
        origin,
        related: [{ origin: route.origin, message: `exposes ${selectorOf(route)}` }],
        remedy: [
          `${instead} Then remove the header from the document, such as by an overlay:`,
          ...overlay.map((line) => `    ${line}`),
        ].join('\n'),
        cause: `${route.source.manifest.id} ${lower}`,
      }
    }),
}

/** By name in lower case, each at the first answer that has it. Answers 5xx are replaced as a whole. */
function dropped({ operation }: RouteDraft) {
  const found = new Map<
    string,
    { readonly name: string; readonly status: string; readonly origin: typeof operation.origin }
  >()
  for (const { status, headers, origin } of operation.responses) {
    if (status.startsWith('5')) continue
    for (const { name } of headers) {
      const lower = name.toLowerCase()
      if (headerUse(name).answer !== 'never' || everywhere.has(lower) || found.has(lower)) continue
      found.set(lower, { name, status, origin: below(origin, 'headers', name) })
    }
  }
  return found
}

/** Why a field is dropped, and what to do instead. */
function fateOf(lower: string): readonly [why: string, instead: string] {
  if (lower.startsWith('set-cookie')) {
    const instead = 'Let the service return what the client needs in the body, or in a header of another name.'
    return ['cookies of a service stay between the gateway and the service', instead]
  }
  if (lower.startsWith('access-control-')) {
    return ['the gateway answers CORS itself', 'Write `cors` of the client in the manifest.']
  }
  if (headerUse(lower).request === 'gateway') {
    return [
      'it describes one connection, or the way to the service',
      'Nothing replaces it: clients have connections of their own.',
    ]
  }
  return [
    'it is about the service, or set by the gateway alone',
    'If clients need the value, let the service send it in a header of another name.',
  ]
}
