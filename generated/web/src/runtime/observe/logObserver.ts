import { createAccessLog } from './accessLog.ts'
import type { Log, LogLine } from './log.ts'
import type { Observer } from './observer.ts'

/** The observer that writes the gateway's log. `client`: the name of the client type. */
export function createLogObserver(log: Log, line: LogLine, client: string): Observer {
  return {
    requestEnded: createAccessLog(line, client),
    messageRejected(problem) {
      log.info({ client, problem }, 'malformed request')
    },
    callFailed({ requestId, service, code }) {
      log.warn({ id: requestId, service, code }, 'the call of a service failed')
    },
    callUndecided({ requestId, route }) {
      log.error({ id: requestId, route }, 'reached a service without an access decision; nothing was sent')
    },
    answerDrifted(drift) {
      log.warn(drift, 'the answer of a service does not match its contract')
    },
    streamOpened(open) {
      log.debug({ open }, 'an event stream began')
    },
    streamClosed(open) {
      log.debug({ open }, 'an event stream ended')
    },
  }
}
