import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import picocolors from 'picocolors'
import { init } from '../../generator/commands/init/index.ts'
import type { Terminal } from '../../generator/commands/terminal.ts'
import type { Model } from '../../generator/model/index.ts'
import { type ClientResult, run } from '../../generator/run.ts'
import type { Place } from '../../generator/support/index.ts'
import { decided } from '../support/decided.ts'
import type { Entry } from './entries.ts'

/** An operation that is left out of a client, and why. */
export interface LeftOut {
  readonly client: string
  readonly operation: string
  /** `file:line:column` */
  readonly place: string
  readonly code: string
  readonly reason: string
}

/** The gateways made from the documents of an entry. */
export interface Prepared {
  readonly kind: 'gateways'
  /** Folder of the manifest. Names of documents are relative to it. */
  readonly folder: string
  /** Contains one folder for each client. */
  readonly out: string
  readonly model: Model
  readonly clients: readonly ClientResult['plan'][]
  readonly leftOut: readonly LeftOut[]
}

/** Why there are no gateways: the errors of `init` or `generate`. */
export interface Refused {
  readonly kind: 'refused'
  readonly stage: 'init' | 'generate'
  readonly codes: readonly string[]
  readonly words: string
}

/** A temporary folder for manifests and gateways, with the packages that gateways need. */
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
    from: [],
    issuer: null,
    discovery: true,
    yes: true,
    force: false,
    json: true,
    verbose: false,
  }
  const code = await init(options, terminalIn(folder, said))
  const summary = JSON.parse(said.join('\n')) as Summary
  if (code !== 0) return refused('init', summary.diagnostics, folder)

  const manifest = join(folder, 'gateway.yaml')
  writeFileSync(manifest, decided(readFileSync(manifest, 'utf8')))
  const out = join(folder, 'generated')
  const result = await run({
    manifest,
    out,
    clients: [],
    until: 'write',
    force: false,
    skipUnsupported: true,
  })
  const { locator } = result.diagnostics
  const placed = result.diagnostics.all.map((one) => ({ ...one, place: one.origin && locator.locate(one.origin) }))
  const errors = placed.filter(({ severity }) => severity === 'error')
  const model = result.model?.value
  if (errors.length > 0 || model === undefined) return refused('generate', errors, folder)
  const placeOf = (operation: string): string => {
    const [, id, reference] = /^(\S+) (.*)$/s.exec(operation) ?? []
    const service = model.services.find((one) => one.id === id)
    const origin = service?.operations.find((one) => one.reference === reference)?.origin
    return placeText(origin === undefined ? null : locator.locate(origin), folder)
  }
  const leftOut = [
    ...(summary.clients ?? []).flatMap(({ id, leftOut: own }) => own.map((one) => ({ client: id, ...one }))),
    ...result.clients.flatMap(({ plan }) =>
      plan.skipped.map(({ reference, code: why, reason }) => ({
        client: plan.id,
        operation: reference,
        code: why,
        reason,
      })),
    ),
  ]
  return {
    kind: 'gateways',
    folder,
    out,
    model,
    clients: result.clients.map(({ plan }) => plan),
    leftOut: leftOut.map((one) => ({ ...one, place: placeOf(one.operation) })),
  }
}

/** The members of the output of `init --json` that are used here. */
interface Summary {
  readonly clients?: readonly { readonly id: string; readonly leftOut: readonly Omit<LeftOut, 'client' | 'place'>[] }[]
  readonly diagnostics: readonly Complaint[]
}

interface Complaint {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly place: Place | null
}

/** `folder`: the folder to which names of files are relative. */
function refused(stage: Refused['stage'], diagnostics: readonly Complaint[], folder: string): Refused {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  // A document without operations is valid but makes no gateway. It is reported as a warning.
  const reasons = errors.length > 0 ? errors : diagnostics
  return {
    kind: 'refused',
    stage,
    codes: reasons.map(({ code }) => code),
    words: reasons.map(({ code, message, place }) => `${code} ${placeText(place, folder)} ${message}`).join('\n'),
  }
}

function placeText(place: Place | null, folder: string): string {
  if (place === null) return ''
  const file = relative(process.cwd(), realpathSync(resolve(folder, place.file)))
  return `${file}:${place.line}:${place.column}`
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
    onExit: () => undefined,
  }
}

/** The project's own node_modules. */
function packages(): string {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('node_modules/typescript', folder))) folder = new URL('..', folder)
  return fileURLToPath(new URL('node_modules', folder))
}
