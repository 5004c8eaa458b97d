import type { Report } from '../../support/index.ts'
import { identifier } from '../identifiers.ts'
import { readClients } from './clients.ts'
import { issuerFault } from './issuerAddress.ts'

/** Options of `init` that may be wrong by themselves; as in `InitOptions`. */
interface Wishes {
  readonly name: string | null
  readonly clients: readonly string[]
  readonly issuer: string | null
  readonly discovery: boolean
}

/** What is wrong with the options alone. */
export function faultsOf({ name, clients, issuer, discovery }: Wishes): readonly Report[] {
  const wished = readClients(clients)
  const tokens = clients.length === 0 || wished.clients.some(({ kind }) => kind === 'jwt')
  const fault = issuer === null ? null : issuerFault(issuer)
  return [
    ...wished.faults,
    ...(name === null || identifier(name, '') === name ? [] : [malformedName(name)]),
    ...(issuer === null || fault === null ? [] : [malformedIssuer(issuer, fault)]),
    ...(issuer !== null && !tokens && wished.faults.length === 0 ? [issuerOfNobody(issuer)] : []),
    ...(issuer === null && !discovery ? [discoveryOfNobody()] : []),
  ]
}

export function overwriting(name: string): Report {
  return {
    code: 'GW5006',
    message: `${name} exists already.`,
    origin: null,
  }
}

function malformedName(name: string): Report {
  return {
    code: 'GW5004',
    message: `--name ${name} is not a name of lower-case letters, digits and hyphens that starts with a letter.`,
    origin: null,
    remedy: `For example: --name ${identifier(name, 'shop')}`,
  }
}

function malformedIssuer(issuer: string, fault: string): Report {
  return {
    code: 'GW5004',
    message: `--issuer ${issuer} is not the address of an issuer: the address ${fault}.`,
    origin: null,
    remedy: 'For example: --issuer https://id.example/realms/shop',
  }
}

function issuerOfNobody(issuer: string): Report {
  return {
    code: 'GW5004',
    message: `--issuer ${issuer} has no effect: no client signs in with access tokens.`,
    origin: null,
    remedy: 'Leave it out, or name a client with tokens, for example --client app:jwt.',
  }
}

function discoveryOfNobody(): Report {
  return {
    code: 'GW5004',
    message: '--no-discovery has no effect without --issuer.',
    origin: null,
    remedy: 'Name the issuer with --issuer, or leave --no-discovery out.',
  }
}

export function withoutDocument(name: string, files: readonly string[] | null): Report | null {
  if (files !== null && files.length > 0) return null
  return files === null ? { code: 'GW5007', message: `${name} does not exist.`, origin: null } : nothingBelow(name)
}

export function nothingBelow(folder: string): Report {
  return { code: 'GW5007', message: `There is no OpenAPI document below ${folder}.`, origin: null }
}

export function nothingNamed(): Report {
  return {
    code: 'GW5007',
    message: 'No document was named.',
    origin: null,
  }
}
