import type { SampleRequest } from '../../generator/dev/requests.ts'
import { type Answer, send } from '../support/sampleSystem.ts'

/** The status of a call that got no complete answer. Its body is the reason. */
export const noAnswer = 0

/** Sends a request. A fault of the connection is an answer with the status `noAnswer`, so that it is that call's alone. */
export async function call(
  url: string,
  { method, target, headers, body }: Pick<SampleRequest, 'method' | 'target' | 'headers' | 'body'>,
): Promise<Answer> {
  try {
    return await send(url, method, target, headers, body)
  } catch (error) {
    return { status: noAnswer, headers: {}, body: Buffer.from(`no answer: ${reasonOf(error)}`) }
  }
}

/** The message of an exception, with those of its causes. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? `${String(error.code)} ` : ''
  const cause = error.cause === undefined ? '' : ` (${reasonOf(error.cause)})`
  return `${code}${error.message}${cause}`
}
