import type { Access } from '../../../../templates/runtime/vocabulary.ts'
import { takesCallers } from '../../draft/access/decision.ts'
import { accessWords, grantsWords } from '../../draft/access/wording.ts'
import { claimText } from '../../draft/expression/reference.ts'
import type { ClientDraft, RouteDraft } from '../../draft/types.ts'
import type { AccessRow } from '../../types.ts'
import { credentialWords } from '../services/credentials.ts'
import type { PlannedService } from '../services/planServices.ts'
import { openBody } from './openBody.ts'
import { unshapedParts } from './unshaped.ts'

/**
 * Names that may identify what belongs to a caller: `id`, `order_id`, `account-number`, `email`; and `orderId`,
 * `accountRef`.
 */
const idWord =
  /(?:^|[_.-])(?:id|uuid|guid|key|number|ref|reference|token|email|username|login|user|customer|account|owner)$/i
const idSuffix = /[a-z0-9](?:I[dD]|U[uU][iI][dD]|G[uU][iI][dD]|Key|Number|No|Ref|Reference|Token|Email)$/

/** The row of ACCESS.md for a route. */
export function accessRow(route: RouteDraft, access: Access, client: ClientDraft, service: PlannedService): AccessRow {
  const { decision, request, credentials } = route
  const { statuses: _, ...answers } = route.answers
  const binds = request.bind.map(({ name, claim }) => ({ input: name, claim: claimText(claim) }))
  const owns = access.kind === 'public' ? [] : access.own
  const open = openBody(route)
  const adds = binds.length > 0 || owns.length > 0
  const sent = service.credentials.namesOf(credentials).flatMap((name) => {
    const credential = service.plan.service.credentials[name]
    return credential === undefined ? [] : [credentialWords(credential, access)]
  })
  return {
    id: route.id,
    method: route.method,
    path: route.path.text,
    authenticators: takesCallers(access) ? client.authenticators.map(({ id }) => id) : [],
    rule: access,
    who: accessWords(access, route.condition === null ? [] : [route.condition.source.value], binds),
    decidedBy: decision.decidedBy === 'spec' && adds ? 'spec + manifest' : decision.decidedBy,
    override:
      decision.override === null
        ? null
        : {
            because: decision.override.because,
            weakerThan: decision.spec.alternatives.length === 0 ? 'nothing' : grantsWords(decision.spec.alternatives),
          },
    binds,
    owns: owns.map(({ parameter, claim }) => ({ parameter, claim: claimText(claim) })),
    unchecked: uncheckedIds(route, access),
    sends: [...sent, ...(service.plan.service.tls === null ? [] : ['a client certificate'])],
    reaches: [`${route.source.manifest.id}.${route.key}`],
    ...(route.action.reserved === undefined ? {} : { reserved: route.action.reserved }),
    ...(request.encodedSlash === undefined ? {} : { encodedSlash: request.encodedSlash }),
    ...(route.answers.redirect === undefined ? {} : { redirectHosts: service.plan.service.redirectHosts ?? [] }),
    answers,
    unshaped: unshapedParts(route, service.translation),
    undeclaredBody: open.undeclared ? route.settings.undeclaredBody.value : null,
    freeBody: open.free,
  }
}

/** Path parameters that look like an id, and that neither `own` nor `when` compares with the caller. */
function uncheckedIds({ path, request, condition }: RouteDraft, access: Access): readonly string[] {
  if (access.kind === 'public' || path.fault !== null) return []
  const spokenOf = new Set(access.own.map(({ parameter }) => parameter))
  const text = condition?.source.value ?? ''
  return request.path.filter((name) => isIdLike(name) && !spokenOf.has(name) && !mentions(text, name))
}

function isIdLike(name: string): boolean {
  return idWord.test(name) || idSuffix.test(name)
}

function mentions(expression: string, name: string): boolean {
  return expression.includes(`$request.path.${name}`) || expression.includes(`$request.path['${name}']`)
}
