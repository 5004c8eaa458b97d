import type { Route } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import { createMatcher } from './matcher.ts'

const encoded = /%2f/i

/** Whether a path has an encoded slash. */
export function hasEncodedSlash(path: string): boolean {
  return path.includes('%') && encoded.test(path)
}

/** The problem of an encoded slash where none is allowed (rule R1). `name`: the parameter whose value has it, if it is known. */
export function slashRefused(name = ''): Problem {
  return problem('malformed-request', {
    reason: 'slash-encoded',
    errors: [{ in: 'path', pointer: name, detail: 'has an encoded slash, which is not allowed here' }],
  })
}

/**
 * The parameter of a route whose value has an encoded slash that the route does not allow; `''`: a literal has it; `null`: all are allowed.
 * `raw` are the encoded values of the parameters, by `names`.
 */
export function refusedSlash(
  path: string,
  { request }: Pick<Route, 'request'>,
  names: readonly string[],
  raw: readonly string[],
): string | null {
  const allowed = request.encodedSlash ?? []
  let known = 0
  for (const [at, value] of raw.entries()) {
    const count = countOf(value)
    if (count > 0 && !allowed.includes(names[at] ?? '')) return names[at] ?? ''
    known += count
  }
  return known === countOf(path) ? null : ''
}

function countOf(text: string): number {
  return text.includes('%') ? text.split(encoded).length - 1 : 0
}

/** Makes the test whether some route, in any method, allows the encoded slashes of a path; `null`: no route allows any. */
export function createSlashTest(routes: readonly Route[]): ((path: string) => boolean) | null {
  const allowing = routes.filter(({ request }) => request.encodedSlash !== undefined)
  if (allowing.length === 0) return null
  const matcher = createMatcher(allowing.map((route) => ({ method: route.method, path: route.path, value: route })))
  return (path) =>
    matcher.methods(path).some((method) => {
      const found = matcher.find(method, path)
      return found.kind === 'found' && refusedSlash(path, found.value, found.names, found.raw) === null
    })
}
