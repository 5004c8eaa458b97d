import { type Code, hashComment } from '../../code/index.ts'
import type { ClientPlan, VariableRow } from '../../plan/types.ts'

export type EnvironmentView = {
  readonly required: readonly VariableView[]
  readonly optional: readonly VariableView[]
}

type VariableView = {
  /** Lines of a comment: where it is used, what it means, its form, and how to make one. */
  readonly lines: readonly Code[]
  readonly name: Code
  /** Empty for a required one. */
  readonly value: Code
}

/** The variables of a gateway's manifest, for `.env.example`. */
export function environmentView({ variables }: ClientPlan): EnvironmentView {
  return {
    required: variables.filter(({ fallback }) => fallback === null).map(variableView),
    optional: variables.filter(({ fallback }) => fallback !== null).map(variableView),
  }
}

function variableView({ name, fallback, usedBy, settings }: VariableRow): VariableView {
  const meanings = settings.flatMap((setting) => (Object.hasOwn(meaningOf, setting) ? (meaningOf[setting] ?? []) : []))
  return {
    lines: [usedBy.join(', '), ...new Set(meanings)].map(hashComment),
    name: hashComment(name),
    value: hashComment(fallback ?? ''),
  }
}

const secretClient = 'Secret of the client that the gateway is at the token endpoint.'
const clientId = 'Id of the client that the gateway is at the token endpoint.'
const tokenUrl = 'Address of the token endpoint: http or https, without fragment.'

/** What the value of a setting means, its form, and how to make one, a line each. By setting, without names of the manifest. */
export const meaningOf: Readonly<Record<string, readonly string[]>> = {
  'services.url': ['Address of the service: http or https, a host, optionally a port and a base path; no query.'],
  'services.redirectHosts': [
    'Hosts that redirects of the service may lead to, separated by commas: files.example, *.cdn.example.',
  ],
  'services.credential.header.value': [
    'The secret that the service expects in this header, with its scheme if it has one.',
  ],
  'services.credential.basic.username': ['User name at the service, without a colon.'],
  'services.credential.basic.password': ['Password at the service.'],
  'services.credential.client.tokenUrl': [tokenUrl],
  'services.credential.client.clientId': [clientId],
  'services.credential.client.clientSecret': [secretClient],
  'services.credential.client.audience': ['Audience that the token is requested for.'],
  'services.credential.exchange.tokenUrl': [tokenUrl],
  'services.credential.exchange.clientId': [clientId],
  'services.credential.exchange.clientSecret': [secretClient],
  'services.credential.exchange.audience': ["Audience that the caller's token is exchanged for."],
  'services.credential.identity.issuer': [
    '`iss` of the tokens that the gateway signs: the address at which services find its keys.',
  ],
  'services.credential.identity.audience': ['`aud` of the tokens that the gateway signs for this service.'],
  'services.credential.identity.key': [
    'Private key that signs the tokens: PKCS #8 PEM of an EC P-256 key, or an RSA key of 2,048 bits or more; `\\n` for line breaks.',
    'Keys after the first are only published, for rotation. Make one: npx gatewright key --signing',
  ],
  'services.credential.mtls.cert': ["Path of a PEM file: the gateway's certificate for connections to the service."],
  'services.credential.mtls.key': ['Path of a PEM file: the private key of that certificate.'],
  'services.credential.mtls.ca': ['Path of a PEM file: the authority of the certificate of the service.'],
  'authenticators.issuer': ['`iss` of the tokens, exactly as they have it, with the slash at its end if there is one.'],
  'authenticators.audience': ['`aud` that tokens for this gateway have.'],
  'authenticators.clientIds': ['Ids of clients whose tokens are accepted.'],
  'authenticators.jwks': ["Address of the issuer's keys (JWKS): http or https, without fragment."],
  'authenticators.keys': [
    'Records of the API keys: a JSON array on one line, or file: and the path of a file with it, which is read again when it changes.',
    'Make a key and its record: API_KEY_PEPPER=<pepper> npx gatewright key --prefix <prefix> --id <id> --scope <scope>',
  ],
  'authenticators.pepper': [
    'Secret that the records of API keys are made with: 16 characters or more. With another one no key works.',
    'Make one: npx gatewright key --pepper',
  ],
  'clients.cors.origins': ['Origins whose scripts may call the gateway, separated by commas: https://shop.example.'],
  'clients.publicHosts': ['Hosts that requests may name, separated by commas: api.shop.example.'],
  'clients.trustedProxies': [
    'Addresses or CIDR ranges of proxies whose X-Forwarded-* counts, separated by commas: 10.0.0.0/8.',
  ],
}
