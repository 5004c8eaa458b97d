import { essenceOf } from '../../../templates/runtime/words/mediaTypes.ts'
import { targetPrefix } from '../calls.ts'
import { exemplaryContract } from '../published.ts'
import { sampleRequest } from '../requests.ts'
import type { DevelopmentUser } from '../users.ts'
import type { Gateway } from './subject.ts'

/** A request that the page proposes for a route. */
export interface ProposedRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** `null`: no body. */
  readonly body: string | null
  /** Whether every part fits the contract. */
  readonly fits: boolean
}

/** A request for a route, with the caller's own ids in it. `null`: there is no such route. */
export function proposedRequest(
  { planned }: Gateway,
  id: string,
  user: DevelopmentUser | null,
): ProposedRequest | null {
  const route = planned.routes.find((one) => one.route.id === id)?.route
  const service = planned.services.find((one) => one.id === route?.action.service)
  if (route === undefined || service === undefined) return null
  const { schemas, sampler } = exemplaryContract(service)
  const claims = user === null ? {} : { ...user.claims, sub: user.subject }
  const { method, target, headers, body, fits } = sampleRequest(route, schemas, sampler, {
    variant: 0,
    optional: false,
    claims,
  })
  return { method, target: `${targetPrefix(planned)}${target}`, headers, body: textOf(body, headers), fits }
}

function textOf(body: Buffer | null, headers: Readonly<Record<string, string>>): string | null {
  if (body === null) return null
  const text = body.toString('utf8')
  if (!/[/+]json$/.test(essenceOf(headers['content-type'] ?? ''))) return text
  return JSON.stringify(JSON.parse(text), null, 2)
}
