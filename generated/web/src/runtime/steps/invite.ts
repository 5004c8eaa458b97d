import type { Step } from '../exchange/exchange.ts'

/**
 * Answers `Expect: 100-continue` (RFC 9110 section 10.1.1): only now is it known that the caller may send the body. A request that
 * was refused before has sent none, so that there is none to read.
 */
export const invite: Step = ({ req, res }) => {
  if (req.headers.expect?.toLowerCase() === '100-continue') res.writeContinue()
  return undefined
}
