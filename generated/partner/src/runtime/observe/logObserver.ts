import { createAccessLog } from './accessLog.ts'
import type { Log, LogLine } from './log.ts'
import type { Observer } from './observer.ts'

/** The observer that writes the gateway's log. `client`: the name of the client type. */
export function createLogObserver(log: Log, line: LogLine, client: string): Observer {
  return {
    requestEnded: createAccessLog(line, client),
    messageRejected({ requestId, problem }) {
      log.info({ client, id: requestId, problem }, 'malformed request')
    },
    callFailed({ requestId, service, code }) {
      log.warn({ id: requestId, service, code }, 'the call of a service failed')
    },
    transferCut({ requestId, service, cut }) {
      log.warn({ id: requestId, service, cut }, 'a body was cut off')
    },
    callUndecided({ requestId, route }) {
      log.error({ id: requestId, route }, 'reached a service without an access decision; nothing was sent')
    },
    answerDrifted({ requestId, ...drift }) {
      log.warn({ id: requestId, ...drift }, 'the answer of a service does not match its contract')
    },
    redirectRefused({ requestId, route, to }) {
      log.warn(
        { id: requestId, route, to },
        'a redirect of a service leads to no route and to no host of redirectHosts',
      )
    },
    prefixIgnored({ requestId }) {
      log.warn({ id: requestId }, 'ignored the X-Forwarded-Prefix of a trusted proxy: it is not a path')
    },
    requestFailed({ requestId, error }) {
      log.error({ id: requestId, err: error }, 'internal error')
    },
    keyBlocked(event) {
      log.warn(event, 'too many failed attempts with an API key: blocked for this network')
    },
    proxiesUnrestricted(event) {
      log.warn(event, 'trustedProxies contains callers, who can choose the address that they are known by')
    },
    proxyUnknown() {
      log.warn(
        {},
        'requests come with X-Forwarded-* or Forwarded, but trustedProxies is empty: all clients of a proxy count as one address',
      )
    },
    tlsUnverified() {
      log.warn(
        {},
        'certificates of services and identity providers are not verified: NODE_TLS_REJECT_UNAUTHORIZED is 0',
      )
    },
    keyFileReloaded(event) {
      log.info(event, 'reloaded the API key file')
    },
    keyFileInvalid(event) {
      log.warn(event, 'the API key file is invalid; the previous keys stay in use')
    },
    keyFileUnreadable(event) {
      log.warn(event, 'cannot read the API key file; the previous keys stay in use')
    },
    issuerKeysUnavailable(event) {
      log.warn(event, 'could not obtain the keys of an issuer')
    },
    credentialUnavailable(event) {
      log.warn(event, 'could not obtain a token')
    },
    credentialUnsigned(event) {
      log.warn(event, 'a token could not be signed')
    },
    streamOpened(open) {
      log.debug({ open }, 'an event stream began')
    },
    streamClosed(open) {
      log.debug({ open }, 'an event stream ended')
    },
  }
}
