export type {
  Access,
  AnswerPolicy,
  Authenticator,
  Call,
  Client,
  Credential,
  Gateway,
  RequestPolicy,
  Route,
  Service,
} from './contract.ts'
export { createGateway, type Listening, type RunningGateway } from './gateway.ts'
export type { Log } from './log.ts'
export type { GatewayOptions } from './prepare.ts'
export { ConfigurationError } from './settings.ts'
export { start } from './start.ts'
