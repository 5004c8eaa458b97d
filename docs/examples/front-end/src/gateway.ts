import type { paths } from '@gateway'
import createClient, { type Middleware } from 'openapi-fetch'

let token: string | null = null

/** Sets the access token of the following calls. An app gets it from its library for OpenID Connect. */
export function signIn(accessToken: string | null): void {
  token = accessToken
}

const authorization: Middleware = {
  onRequest({ request }) {
    if (token !== null) request.headers.set('Authorization', `Bearer ${token}`)
    return request
  },
}

/** `/gateway` is passed on to the gateway by Vite's server, so that the browser needs no CORS. */
export const gateway = createClient<paths>({ baseUrl: '/gateway' })
gateway.use(authorization)

/** What the problems of the gateway and of its services have in common (RFC 9457). */
interface Problem {
  readonly title?: string
  /** The places at fault in a request that does not fit the contract. */
  readonly errors?: readonly { readonly pointer?: string; readonly detail: string }[]
}

/** What a user is told about a refused call. */
export function described({ title, errors = [] }: Problem): string {
  const faults = errors.map(({ pointer = '', detail }) => `${pointer} ${detail}`.trim())
  return faults.length > 0 ? faults.join(', ') : (title ?? 'The call failed.')
}
