import type { Step } from '../exchange/exchange.ts'

/**
 * Answers `Expect: 100-continue` (RFC 9110 section 10.1.1) after the access decision. A request that was refused earlier has not
 * sent its body, so there is none to read.
 */
export const invite: Step = ({ req, res }) => {
  if (req.headers.expect?.toLowerCase() === '100-continue') res.writeContinue()
  return undefined
}
