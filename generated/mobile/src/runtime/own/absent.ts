import { problem } from '../words/problems.ts'
import type { OwnEndpoint } from './endpoint.ts'

const nothing = problem('not-found')

/** A path of the gateway itself at which this gateway has no endpoint. No route gets its requests: the endpoint may come with a setting. */
export function createAbsent(path: string): OwnEndpoint {
  return { path, methods: null, answer: () => nothing }
}
