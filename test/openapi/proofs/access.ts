import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { type Options, planOf, startProbe } from '../probe.ts'
import type { Proof } from '../proof.ts'

/** Components with the security scheme `oauth`. */
export const oauth: JsonObject = { securitySchemes: { oauth: { type: 'oauth2', flows: {} } } }

/** Options that map the scheme of this name to the caller. */
export function calledWith(scheme: string): Options {
  return {
    service: { security: { [scheme]: 'principal' } },
    client: { authenticate: ['bearer'] },
    expose: { 'orders.probe': null },
    authenticators: { bearer: { type: 'jwt', issuer: '${ISSUER}', audience: 'shop', roles: 'roles' } },
  }
}

/** A requirement becomes the access of the route. Without a credential no request arrives. */
export function guards(document: (security: JsonValue) => JsonObject): Proof {
  return async () => {
    const plan = await planOf(document([{ oauth: ['read', 'write'] }]), calledWith('oauth'))
    expect(plan.routes.map(({ route }) => route.access)).toEqual([
      { kind: 'principal', anyOf: [{ scopes: ['read', 'write'], roles: [] }], own: [], when: [] },
    ])
    const probe = await startProbe(plan, { ISSUER: 'https://id.example' })
    try {
      expect(await probe.send({ method: 'GET' })).toMatchObject({ status: 401, arrived: null })
    } finally {
      await probe.close()
    }
  }
}
