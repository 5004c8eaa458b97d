import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import picocolors from 'picocolors'
import { init } from '../../generator/commands/init/index.ts'
import type { Terminal } from '../../generator/commands/terminal.ts'
import { type ClientResult, generate } from '../../generator/generate.ts'
import type { Model } from '../../generator/model/index.ts'
import type { Entry } from './entries.ts'

/** An operation that a client does not get, and why. */
export interface LeftOut {
  readonly client: string
  readonly operation: string
  readonly code: string
  readonly reason: string
}

/** Gateways made of an entry's documents. */
export interface Prepared {
  readonly kind: 'gateways'
  /** The manifest's, to which names of documents are relative. */
  readonly folder: string
  /** Holds one folder for each client. */
  readonly out: string
  readonly model: Model
  readonly clients: readonly ClientResult['plan'][]
  readonly leftOut: readonly LeftOut[]
}

/** Why there are none: what `init` or `generate` said. */
export interface Refused {
  readonly kind: 'refused'
  readonly stage: 'init' | 'generate'
  readonly codes: readonly string[]
  readonly words: string
}

/** A temporary folder in which manifests and gateways are made, with the packages that gateways need. */
export interface Workshop {
  prepare(entry: Entry, clients: readonly string[]): Promise<Prepared | Refused>
  remove(): void
}

export function openWorkshop(): Workshop {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-corpus-')))
  symlinkSync(packages(), join(root, 'node_modules'), 'junction')
  return {
    prepare: (entry, clients) => prepare(join(root, entry.name), entry, clients),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function prepare(folder: string, entry: Entry, clients: readonly string[]): Promise<Prepared | Refused> {
  mkdirSync(folder, { recursive: true })
  const said: string[] = []
  const options = {
    specs: entry.specs,
    out: 'gateway.yaml',
    name: 'corpus',
    clients,
    yes: true,
    force: false,
    json: true,
  }
  const code = await init(options, terminalIn(folder, said))
  const summary = JSON.parse(said.join('\n')) as Summary
  if (code !== 0) return refused('init', summary.diagnostics)

  const manifest = join(folder, 'gateway.yaml')
  const out = join(folder, 'generated')
  const result = await generate({
    manifest,
    out,
    clients: [],
    mode: 'write',
    force: false,
    skipUnsupported: true,
    onStage: () => undefined,
  })
  const errors = result.diagnostics.all.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 || result.model === null) {
    return refused('generate', errors)
  }
  return {
    kind: 'gateways',
    folder,
    out,
    model: result.model,
    clients: result.clients.map(({ plan }) => plan),
    leftOut: [
      ...(summary.clients ?? []).flatMap(({ id, leftOut }) => leftOut.map((one) => ({ client: id, ...one }))),
      ...result.clients.flatMap(({ plan }) =>
        plan.skipped.map(({ reference, code: why, reason }) => ({
          client: plan.id,
          operation: reference,
          code: why,
          reason,
        })),
      ),
    ],
  }
}

/** What `init --json` prints, as far as it matters here. */
interface Summary {
  readonly clients?: readonly { readonly id: string; readonly leftOut: readonly Omit<LeftOut, 'client'>[] }[]
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly message: string }[]
}

function refused(stage: Refused['stage'], diagnostics: Summary['diagnostics']): Refused {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  // A document without operations is sound: that makes no gateway, and is said as a warning.
  const reasons = errors.length > 0 ? errors : diagnostics
  return {
    kind: 'refused',
    stage,
    codes: reasons.map(({ code }) => code),
    words: reasons.map(({ code, message }) => `${code} ${message}`).join('\n'),
  }
}

function terminalIn(cwd: string, said: string[]): Terminal {
  const paint = picocolors.createColors(false)
  return {
    out: (text) => said.push(text),
    err: () => undefined,
    progress: () => undefined,
    paint,
    paintOut: paint,
    interactive: false,
    dialogue: null,
    cwd,
    env: {},
    node: process.execPath,
    onInterrupt: () => undefined,
  }
}

/** The project's own packages. */
function packages(): string {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('node_modules/typescript', folder))) folder = new URL('..', folder)
  return fileURLToPath(new URL('node_modules', folder))
}
