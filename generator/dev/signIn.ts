import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { isFromItself } from './loopback.ts'
import type { DevelopmentUser } from './users.ts'

export interface SignInOptions {
  readonly provider: Provider
  readonly users: readonly DevelopmentUser[]
  readonly style: string
}

/** The path of the provider's own pages. */
export const interactionPath = '/interaction/'

/**
 * Answers the requests of the provider's own pages: a page that asks which user signs in, without a password. `null`: the
 * request is for another page.
 */
export function createSignIn({ provider, users, style }: SignInOptions) {
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.url === `${interactionPath}style.css`) {
      send(res, 200, 'text/css; charset=utf-8', style)
      return
    }
    const details = await provider.interactionDetails(req, res).catch(() => null)
    if (details === null) {
      send(res, 400, 'text/html; charset=utf-8', page('This sign-in has ended', [expired]))
      return
    }
    if (details.prompt.name === 'consent') {
      // A client may request this prompt. The grant is decided by the user's scopes.
      await provider.interactionFinished(req, res, { consent: {} }, { mergeWithLastSubmission: true })
      return
    }
    if (req.method === 'POST') {
      if (!isFromItself(req.headers)) {
        send(res, 403, 'text/plain; charset=utf-8', 'Only the sign-in page may send this form.')
        return
      }
      const form = new URLSearchParams(await text(req))
      const user = users.find(({ name }) => name === form.get('user'))
      const result =
        user === undefined
          ? { error: 'access_denied', error_description: 'The sign-in was cancelled.' }
          : { login: { accountId: user.subject }, consent: {} }
      await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
      return
    }
    const client = String(details.params['client_id'] ?? '')
    send(res, 200, 'text/html; charset=utf-8', page('Who signs in?', [intro(client), ...users.map(button), cancel]))
  }
  return (req: IncomingMessage, res: ServerResponse): Promise<void> =>
    answer(req, res).catch((error: unknown) => {
      if (res.headersSent) res.destroy()
      else
        send(
          res,
          500,
          'text/html; charset=utf-8',
          errorPage({ error: 'server_error', error_description: String(error) }),
        )
    })
}

/** The page for a request that the provider refuses, such as one with an unknown client id. */
export function errorPage(parts: Readonly<Record<string, unknown>>): string {
  return page(
    'The sign-in cannot start',
    Object.entries(parts).map(([name, value]) => `<p>${escaped(name)}: ${escaped(String(value))}</p>`),
  )
}

const expired = '<p>Go back to the application and sign in again. The pages need cookies.</p>'

const cancel = '<form method="post"><button class="cancel" name="user" value="">Cancel</button></form>'

function intro(client: string): string {
  return `<p>Sign-in for <strong>${escaped(client)}</strong>. Development users have no password.</p>`
}

function button({ name, purpose }: DevelopmentUser): string {
  return `<form method="post"><button name="user" value="${escaped(name)}"><b>${escaped(name)}</b> <span>${escaped(purpose)}</span></button></form>`
}

function page(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="${interactionPath}style.css">
<main>
<h1>${title}</h1>
${parts.join('\n')}
</main>
</html>
`
}

function escaped(value: string): string {
  return value.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A browser checks each redirect after a form against `form-action`: the last one leads to the application. */
export const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; " +
  "form-action 'self' http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"

function send(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    // `no-referrer` would make browsers send `Origin: null` with the form.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  })
  res.end(body)
}

/** Bytes of a form. */
const longestForm = 10_000

async function text(req: IncomingMessage): Promise<string> {
  let all = ''
  for await (const chunk of req) {
    all += String(chunk)
    if (all.length > longestForm) break
  }
  return all
}
