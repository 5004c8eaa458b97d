import type { Step } from '../exchange/exchange.ts'

/**
 * Asks a client that waits for it (RFC 9110 section 10.1.1) to send its body: only now is it known who sends it and that they
 * may. A body that was never asked for need not be read to refuse it.
 */
export const invite: Step = ({ req, res }) => {
  if (req.headers.expect?.toLowerCase() === '100-continue') res.writeContinue()
  return undefined
}
