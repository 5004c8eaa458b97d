import { type Call, callsToTry } from '../dev/calls.ts'
import type { SignIn } from '../dev/runningClient.ts'
import type { System } from '../dev/system.ts'
import type { DevelopmentUser } from '../dev/users.ts'
import type { ClientPlan, Plan } from '../plan/types.ts'
import type { CredentialVariable } from './credentialFile.ts'
import { columns } from './table.ts'
import type { Terminal } from './terminal.ts'

/** What `dev` says about one gateway when everything runs. */
export interface Announcement {
  readonly client: string
  readonly url: string
  readonly signIn: SignIn
  /** Empty if the credentials are not known: they are those of another provider, or keys from the shell. */
  readonly credentials: readonly { readonly user: DevelopmentUser; readonly header: string }[]
  readonly calls: readonly Call[]
  readonly notes: readonly string[]
}

/** @param json whether the commands contain the credentials themselves, not shell variables */
export function announcements(system: System, plan: Plan, json: boolean): Promise<readonly Announcement[]> {
  return Promise.all(
    system.clients.map(async (client): Promise<Announcement> => {
      const all = await Promise.all(system.users.map(async (user) => ({ user, header: await client.credential(user) })))
      const credentials = all.filter(({ header }) => header !== '')
      const shown = credentials.map(({ user, header }) => ({
        user,
        header: json ? header : header.replace(value, `$1$${variableName(client.id, user.name)}`),
      }))
      const planned = plan.clients.find(({ id }) => id === client.id)
      return {
        client: client.id,
        url: client.url,
        signIn: client.signIn,
        credentials,
        calls: planned === undefined ? [] : calls(system, planned, client.url, shown),
        notes: client.environment.notes,
      }
    }),
  )
}

function calls(system: System, planned: ClientPlan, url: string, callers: Announcement['credentials']) {
  return callsToTry(planned, url, callers, (service) => system.simulators[service] !== undefined)
}

/** The credential in a header line, without `Bearer`. */
const value = /^([^:]+: (?:Bearer )?).*$/

/** A variable for each gateway and user: `WEB_ALICE`. */
export function credentialVariables(all: readonly Announcement[]): readonly CredentialVariable[] {
  return all.flatMap(({ client, credentials }) =>
    credentials.map(({ user, header }) => ({
      name: variableName(client, user.name),
      value: header.replace(/^[^:]+: (?:Bearer )?/, ''),
    })),
  )
}

function variableName(client: string, user: string): string {
  return `${client}_${user}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
}

export interface Announced {
  /** The address of the page. */
  readonly page: string
  /** The file of credentials, from the working directory; `null`: there is none. */
  readonly file: string | null
  readonly system: System
  readonly all: readonly Announcement[]
  readonly watch: boolean
}

/** The announcement of a whole system, for people. */
export function announcementText({ page, file, system, all, watch }: Announced, terminal: Terminal): string {
  const { paintOut: paint } = terminal
  const hasCredentials = all.some(({ credentials }) => credentials.length > 0)
  return [
    ...all.map((one) => gatewayText(one, terminal)),
    ...surroundings(system, hasCredentials, terminal),
    '',
    ...(file === null
      ? []
      : [`The commands need  ${paint.bold(`. ${file}`)}  ${paint.dim('# tokens and keys; only you can read it')}`]),
    `${watch ? 'Watching the manifest and the specs. ' : ''}Stop with Ctrl+C.`,
    '',
    `${paint.bold('Open')}  ${paint.bold(paint.cyan(page))}  ${paint.dim('to sign in, try calls, read contracts and follow the log')}`,
  ].join('\n')
}

function gatewayText(
  { client, url, signIn, calls: shown, notes }: Announcement,
  { paintOut: paint }: Terminal,
): string {
  const examples = columns(
    shown.map((call) => [`  ${paint.bold(String(call.status))}`, call.command, paint.dim(`# ${call.about}`)]),
  )
  return [
    '',
    `${paint.bold(client)}  ${paint.cyan(url)}  ${paint.dim(signInText(signIn))}`,
    ...examples,
    ...notes.map((note) => `  ${paint.yellow('note')}  ${note}`),
  ].join('\n')
}

function signInText(signIn: SignIn): string {
  if (signIn.kind === 'none') return 'open to everybody'
  if (signIn.kind === 'key')
    return signIn.provided ? `key in ${signIn.header}` : `key in ${signIn.header}, from your list`
  return signIn.clientId === null ? `tokens of ${signIn.issuer}` : `client id ${signIn.clientId}`
}

function surroundings(system: System, hasUsers: boolean, { paintOut: paint }: Terminal): readonly string[] {
  const services = Object.entries(system.simulators).map(([id, url]) => [`  ${id}`, paint.cyan(url)])
  const users = system.users.map((user) => [`  ${user.name}`, user.subject, paint.dim(user.purpose)])
  return [
    ...(system.issuer === null
      ? []
      : [
          '',
          `${paint.bold('identity provider')}  ${paint.cyan(system.issuer)}  ${paint.dim('redirects to any address on localhost')}`,
        ]),
    ...(hasUsers ? ['', paint.bold('users'), ...columns(users)] : []),
    ...(services.length === 0 ? [] : ['', paint.bold('simulated services'), ...columns(services)]),
  ]
}
