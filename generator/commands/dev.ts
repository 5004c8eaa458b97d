import { dirname } from 'node:path'
import { type Call, callsToTry } from '../dev/calls.ts'
import { type System, startSystem } from '../dev/system.ts'
import type { DevelopmentUser } from '../dev/users.ts'
import { createWatcher } from '../dev/watcher.ts'
import type { Model } from '../model/index.ts'
import type { Plan } from '../plan/types.ts'
import { type Run, run } from '../run.ts'
import { visible } from '../support/index.ts'
import type { Inputs } from './inputs.ts'
import { type Session, withManifest } from './preamble.ts'
import { showStage } from './progress.ts'
import { count, printFindings, printJson, seconds } from './report.ts'
import { columns } from './table.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface DevCommandOptions extends Inputs {
  /** Port of the first gateway; further ones use the following ports. 0: any free ports. */
  readonly port: number
  readonly watch: boolean
}

/**
 * Generates and runs everything on this machine until it is interrupted. A change of the inputs regenerates and
 * restarts the gateways that it affects.
 */
export function devCommand(options: DevCommandOptions, terminal: Terminal): Promise<ExitCode> {
  return withManifest(options, terminal, async (session) => {
    const first = await generate(session, terminal)
    const made = madeOf(first)
    if (made === null) return 1
    terminal.progress('Starting services, identity provider and gateways ...')
    const system = await startSystem({
      ...made,
      out: session.out,
      port: options.port,
      identityPort: options.port === 0 ? 0 : defaultIdentityPort,
      node: terminal.node,
      preload: [new URL('../dev/resolution.js', import.meta.url).href],
      env: terminal.env,
      onLog: (client, line) => terminal.err(logLine(client, line, terminal)),
      onEnd: (client, code) => terminal.err(terminal.paint.red(`The gateway ${client} ended (${code ?? 'killed'}).`)),
    }).catch((error: unknown) => {
      terminal.progress(null)
      terminal.err(`${terminal.paint.red('cannot start')}  ${error instanceof Error ? error.message : String(error)}`)
      return null
    })
    if (system === null) return 1
    terminal.progress(null)

    await announce(system, made.plan, options, terminal)
    const watcher = options.watch ? watchInputs(first, session, system, terminal) : null
    await new Promise<void>((stop) => terminal.onInterrupt(stop))
    await watcher?.close()
    await system.close()
    return 0
  })
}

const defaultIdentityPort = 4000

async function generate(session: Session, terminal: Terminal): Promise<Run> {
  const started = performance.now()
  const { wanted, out } = session
  const result = await run({ ...wanted, out, until: 'write', force: false, onStage: showStage(terminal) })
  terminal.progress(null)
  printFindings(session.findings(result.diagnostics, started), terminal)
  return result
}

interface Made {
  readonly model: Model
  readonly plan: Plan
}

/** The model and plan of gateways that were written; `null`: none were written. */
function madeOf({ model, plan, written }: Run): Made | null {
  return model === null || plan === null || written === null ? null : { model: model.value, plan: plan.value }
}

function watchInputs(first: Run, session: Session, system: System, terminal: Terminal) {
  const watcher = createWatcher(dirname(session.path), async () => {
    const started = performance.now()
    const result = await generate(session, terminal)
    follow(result)
    const made = madeOf(result)
    if (made === null) {
      terminal.err('The gateways continue unchanged.')
      return
    }
    const { wrote, removed } = result.written ?? { wrote: [], removed: [] }
    const changed = new Set([...wrote, ...removed].map((file) => file.split('/')[0] ?? ''))
    await system.update(made.model, made.plan, changed).catch((error: unknown) => {
      terminal.err(terminal.paint.red(error instanceof Error ? error.message : String(error)))
    })
    const restarted = changed.size === 0 ? 'no gateway changed' : `restarted: ${[...changed].sort().join(', ')}`
    terminal.err(`${count(wrote.length, 'file')} written, ${restarted}. ${seconds(performance.now() - started)}`)
  })
  // A missing file is not among the files that were read. The watched files stay the same until it exists again.
  const follow = ({ inputs }: Run): void => {
    if (inputs !== null && inputs.faulty.length === 0) watcher.follow(Object.keys(inputs.value.hashes))
  }
  follow(first)
  return watcher
}

interface Announcement {
  readonly client: string
  readonly url: string
  readonly credentials: readonly { readonly user: DevelopmentUser; readonly header: string }[]
  readonly calls: readonly Call[]
  readonly notes: readonly string[]
}

async function announce(system: System, plan: Plan, options: DevCommandOptions, terminal: Terminal): Promise<void> {
  const announcements = await Promise.all(
    system.clients.map(async (client): Promise<Announcement> => {
      const credentials = await Promise.all(
        system.users.map(async (user) => ({ user, header: await client.credential(user) })),
      )
      const planned = plan.clients.find(({ id }) => id === client.id)
      const shown = credentials.map(({ user, header }) => ({
        user,
        header: options.json ? header : withVariable(client.id, user.name, header),
      }))
      return {
        client: client.id,
        url: client.url,
        credentials,
        calls: planned === undefined ? [] : callsToTry(planned, client.url, shown),
        notes: client.environment.notes,
      }
    }),
  )
  if (options.json) {
    printJson(
      {
        issuer: system.issuer,
        services: system.simulators,
        gateways: announcements.map(({ credentials, ...rest }) => ({
          ...rest,
          users: credentials.map(({ user, header }) => ({ ...user, header })),
        })),
      },
      terminal,
    )
    return
  }
  terminal.out(announcements.map((one) => announcementText(one, terminal)).join('\n'))
  terminal.out(surroundingsText(system, options, terminal))
}

/** `$TOKEN_WEB_ALICE` in place of the credential, so that pasted commands stay short. */
function withVariable(client: string, user: string, header: string): string {
  return header.replace(/^([^:]+: (?:Bearer )?).*$/, `$1$${variableName(client, user)}`)
}

function variableName(client: string, user: string): string {
  return `${client}_${user}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
}

function announcementText(
  { client, url, credentials, calls, notes }: Announcement,
  { paintOut: paint }: Terminal,
): string {
  const secrets = credentials
    .filter(({ user }) => ['alice', 'noah'].includes(user.name))
    .map(({ user, header }) => `  ${variableName(client, user.name)}='${header.replace(/^[^:]+: (?:Bearer )?/, '')}'`)
  const examples = columns(
    calls.map((call) => [`  ${paint.bold(String(call.status))}`, call.command, paint.dim(`# ${call.about}`)]),
  )
  return [
    '',
    `${paint.bold(client)}  ${paint.cyan(url)}`,
    ...secrets,
    ...examples,
    ...notes.map((note) => `  ${paint.yellow('note')}  ${note}`),
  ].join('\n')
}

function surroundingsText(system: System, options: DevCommandOptions, { paintOut: paint }: Terminal): string {
  const services = Object.entries(system.simulators).map(([id, url]) => [`  ${id}`, paint.cyan(url)])
  const users = system.users.map((user) => [`  ${user.name}`, user.subject, paint.dim(user.purpose)])
  return [
    '',
    `${paint.bold('identity provider')}  ${paint.cyan(system.issuer)}`,
    ...columns(users),
    paint.bold('simulated services'),
    ...columns(services),
    '',
    `${options.watch ? 'Watching the manifest and the specs. ' : ''}Stop with Ctrl+C.`,
  ].join('\n')
}

/** One line of a gateway's log, formatted for the terminal. */
function logLine(client: string, line: string, { paint }: Terminal): string {
  const entry = parsed(line)
  if (entry === null || typeof entry['status'] !== 'number') return paint.dim(visible(`${client}  ${line}`))
  const status = entry['status']
  const colour = status < 400 ? paint.green : status < 500 ? paint.yellow : paint.red
  const what = visible(`${String(entry['method'])} ${String(entry['path'] ?? '(no route)')}`)
  const who = entry['principal'] ?? 'nobody'
  return `${paint.dim(client)}  ${colour(String(status))} ${what} ${paint.dim(`${String(entry['duration'])} ms, ${visible(String(who))}`)}`
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>
  } catch {
    return null
  }
}
