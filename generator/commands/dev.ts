import { dirname } from 'node:path'
import { readLogLine } from '../dev/logEntry.ts'
import { type Page, startPage } from '../dev/page/index.ts'
import { blockedPorts, type Ports, portsFrom } from '../dev/ports.ts'
import { type System, startSystem } from '../dev/system.ts'
import { createWatcher, type Watcher } from '../dev/watcher.ts'
import type { Model } from '../model/index.ts'
import type { Plan } from '../plan/types.ts'
import { type Run, run } from '../run.ts'
import { type CredentialFile, writeCredentialFile } from './credentialFile.ts'
import { type Announcement, announcements, announcementText, credentialVariables } from './devAnnouncement.ts'
import { logText } from './devLog.ts'
import { portText, wantedPorts } from './devPorts.ts'
import type { Inputs } from './inputs.ts'
import { type Session, withManifest } from './preamble.ts'
import { showStage } from './progress.ts'
import { count, type Findings, printFindings, printJson, seconds } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface DevCommandOptions extends Inputs {
  /** Port of the page. The identity provider and the gateways use the following ports. 0: any free ports. */
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
    const ports = portsFrom(options.port)
    const blocked = await blockedPorts(wantedPorts(ports, made.plan))
    if (blocked.length > 0) {
      terminal.err(portText(blocked, ports, made.plan, terminal))
      return 1
    }
    // From here on, processes of gateways run, which an interrupted start must end too.
    const interrupted = new Promise<void>((stop) => terminal.onInterrupt(stop))
    terminal.progress('Starting services, identity provider and gateways ...')
    const started = await start(made, ports, session, terminal).catch((error: unknown) => {
      terminal.progress(null)
      terminal.err(`${terminal.paint.red('cannot start')}  ${textOf(error)}`)
      return null
    })
    if (started === null) return 1
    terminal.progress(null)
    const { system, page } = started
    let file: CredentialFile | null = null
    let watcher: Watcher | null = null
    try {
      page.show({ system, ...made })
      file = await announce(started, made.plan, options, terminal)
      if (options.watch) watcher = watchInputs(first, session, started, terminal)
      await interrupted
      return 0
    } finally {
      file?.remove()
      await Promise.allSettled([watcher?.close(), page.close(), system.close()])
    }
  })
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

interface Started {
  readonly system: System
  readonly page: Page
}

async function start({ model, plan }: Made, ports: Ports, session: Session, terminal: Terminal): Promise<Started> {
  const page = await startPage(ports.page)
  try {
    const system = await startSystem({
      model,
      plan,
      out: session.out,
      port: ports.gateways,
      identityPort: ports.identity,
      node: terminal.node,
      preload: ['parent', 'resolution'].map((name) => new URL(`../dev/${name}.js`, import.meta.url).href),
      env: terminal.env,
      undeclared: true,
      style: page.signInStyle,
      onAnswer: page.exchange,
      onLog: (client, line) => {
        const entry = readLogLine(client, line)
        page.log(entry)
        terminal.err(logText(entry, terminal))
      },
      onEnd: (client, code) => terminal.err(terminal.paint.red(`The gateway ${client} ended (${code ?? 'killed'}).`)),
    })
    return { system, page }
  } catch (error) {
    await page.close()
    throw error
  }
}

async function generate(session: Session, terminal: Terminal): Promise<Run> {
  const started = performance.now()
  const { wanted, out } = session
  const result = await run({ ...wanted, out, until: 'write', force: false, onStage: showStage(terminal) })
  terminal.progress(null)
  printBriefly(session.findings(result.diagnostics, started), terminal)
  return result
}

/** Prints errors in full and counts warnings, which would push what was printed before out of sight. */
function printBriefly(findings: Findings, terminal: Terminal): void {
  const { diagnostics, verbose } = findings
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  if (verbose || warnings.length === 0) {
    printFindings(findings, terminal)
    return
  }
  printFindings({ ...findings, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') }, terminal)
  const codes = [...new Set(warnings.map(({ code }) => code))].sort().join(', ')
  terminal.err(`${terminal.paint.yellow(count(warnings.length, 'warning'))} (${codes}). gatewright lint shows them.`)
}

interface Made {
  readonly model: Model
  readonly plan: Plan
}

/** The model and plan of gateways that were written; `null`: none were written. */
function madeOf({ model, plan, written }: Run): Made | null {
  return model === null || plan === null || written === null ? null : { model: model.value, plan: plan.value }
}

function watchInputs(first: Run, session: Session, { system, page }: Started, terminal: Terminal) {
  const regenerate = async (): Promise<void> => {
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
      terminal.err(terminal.paint.red(textOf(error)))
    })
    page.show({ system, ...made })
    const restarted = changed.size === 0 ? 'no gateway changed' : `restarted: ${[...changed].sort().join(', ')}`
    terminal.err(`${count(wrote.length, 'file')} written, ${restarted}. ${seconds(performance.now() - started)}`)
  }
  const watcher = createWatcher(dirname(session.path), () =>
    regenerate().catch((error: unknown) => terminal.err(terminal.paint.red(textOf(error)))),
  )
  // A missing file is not among the files that were read. The watched files stay the same until it exists again.
  const follow = ({ inputs }: Run): void => {
    if (inputs !== null && inputs.faulty.length === 0) watcher.follow(Object.keys(inputs.value.hashes))
  }
  follow(first)
  return watcher
}

/** Prints what runs, and writes the file of credentials. `null`: there is none. */
async function announce(
  { system, page }: Started,
  plan: Plan,
  options: DevCommandOptions,
  terminal: Terminal,
): Promise<CredentialFile | null> {
  const all = await announcements(system, plan, options.json)
  if (options.json) {
    const { issuer, simulators: services } = system
    const gateways = all.map(({ credentials, ...rest }) => ({
      ...rest,
      users: credentials.map(({ user, header }) => ({ ...user, header })),
    }))
    printJson({ page: page.url, issuer, services, gateways }, terminal)
    return null
  }
  const file = await credentialFileOf(page, all, terminal)
  terminal.out(
    announcementText({ page: page.url, file: file?.path ?? null, system, all, watch: options.watch }, terminal),
  )
  return file
}

/** A file that cannot be written is a warning: everything runs without it. */
async function credentialFileOf(
  page: Page,
  all: readonly Announcement[],
  terminal: Terminal,
): Promise<CredentialFile | null> {
  const variables = credentialVariables(all)
  if (variables.length === 0) return null
  try {
    const file = await writeCredentialFile(terminal.cwd, page.url, variables)
    terminal.onExit(file.remove)
    return file
  } catch (error) {
    const warning = `The credentials for the commands cannot be written: ${textOf(error)}.`
    terminal.err(`${terminal.paint.yellow('warning')}  ${warning} The page signs in without them; --json prints them.`)
    return null
  }
}
