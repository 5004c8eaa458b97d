export { ConfigurationError } from './environment/environment.ts'
export type { Listening } from './http/listen.ts'
export type { Log } from './observe/log.ts'
export { createGateway, type RunningGateway } from './startup/gateway.ts'
export type { GatewayOptions } from './startup/prepare.ts'
export { start } from './startup/start.ts'
export type {
  Access,
  AnswerPolicy,
  Authenticator,
  CallAction,
  Client,
  Credential,
  Gateway,
  RequestPolicy,
  Route,
  Service,
  WrittenGateway,
  WrittenRoute,
} from './vocabulary.ts'
