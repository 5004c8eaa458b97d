import { join } from 'node:path'
import { isSame } from '../../diff/index.ts'
import { type Note, noteName, type Prepared, prepare, type Source } from '../../remote/index.ts'
import { type CatalogueEntry, catalogue, type Diagnostic, type Diagnostics } from '../../support/index.ts'
import { count, type JsonDiagnostic, jsonFindings, nameFrom, printFindings, printJson } from '../report.ts'
import type { Terminal } from '../terminal.ts'
import { changeLines } from './text.ts'

export interface Request {
  /** Absolute. */
  readonly folder: string
  readonly id: string
  readonly source: Source
  readonly note: Note | null
  readonly force: boolean
}

/** What became of one document. */
export interface Outcome {
  readonly request: Request
  readonly diagnostics: Diagnostics
  /** `null`: there was an error, and nothing was written. */
  readonly prepared: Prepared | null
  readonly milliseconds: number
}

export async function download(request: Request, diagnostics: Diagnostics, terminal: Terminal): Promise<Outcome> {
  const started = performance.now()
  const onFile = (url: string): void => terminal.progress(`Downloading ${url} ...`)
  const shown = (path: string): string => nameFrom(terminal.cwd, join(request.folder, path))
  const prepared = await prepare({ ...request, env: terminal.env, shown, onFile }, diagnostics)
  terminal.progress(null)
  return { request, diagnostics, prepared, milliseconds: performance.now() - started }
}

/** The diagnostics, each with a remedy: that of its code, if it has none of its own. */
function remedied({ all }: Diagnostics): readonly Diagnostic[] {
  return all.map((one) => {
    const { remedy }: CatalogueEntry = catalogue[one.code]
    return { ...one, remedy: one.remedy ?? remedy ?? null }
  })
}

/** 2 if nothing but the source itself is wrong, which is what was typed. */
export function failureCode({ all }: Diagnostics): 1 | 2 {
  return all.every(({ code }) => code === 'GW1400' || code === 'GW1409') ? 2 : 1
}

/** Files of the document that are written or removed, without its note. */
function filesOf({ prepared, request: { id } }: Outcome): {
  readonly wrote: readonly string[]
  readonly removed: readonly string[]
} {
  const { write = [], remove = [] } = prepared?.changes ?? {}
  return { wrote: write.map(({ path }) => path).filter((path) => path !== noteName(id)), removed: remove }
}

/** Whether the contents of a file changed. */
export function isChanged(outcome: Outcome): boolean {
  const { wrote, removed } = filesOf(outcome)
  return wrote.length + removed.length > 0
}

export function printOutcome(
  outcome: Outcome,
  { writes, isFirst }: { readonly writes: boolean; readonly isFirst: boolean },
  terminal: Terminal,
): void {
  const { request, diagnostics, prepared, milliseconds } = outcome
  const { locator } = diagnostics
  const all = remedied(diagnostics)
  printFindings({ diagnostics: all, locator, folder: null, milliseconds, verbose: false }, terminal)
  const { paint, cwd } = terminal
  if (prepared === null) {
    const name = nameFrom(cwd, join(request.folder, request.note?.document ?? noteName(request.id)))
    terminal.err(request.note === null ? 'Nothing was written.' : `${name} stays as it was.`)
    return
  }
  if (all.length > 0) terminal.err('')
  const { note, comparison, document } = prepared
  const name = paint.bold(nameFrom(cwd, join(request.folder, note.document)))
  if (!isChanged(outcome)) {
    terminal.err(`${name} is up to date with ${note.url}`)
    return
  }
  const { wrote, removed } = filesOf(outcome)
  const done = writes ? ['wrote', 'removed'] : ['would write', 'would remove']
  const files = [
    `${done[0]} ${count(wrote.length, 'file')}`,
    ...(removed.length > 0 ? [`${done[1]} ${removed.length}`] : []),
  ].join(', ')
  terminal.err(`${name} from ${note.url}: ${files}`)
  const version = comparison?.version ?? null
  if (version !== null) terminal.err(`  version ${version.before} -> ${version.after}`)
  if (comparison === null) terminal.err(`  OpenAPI ${document.version}, ${count(operationsOf(outcome), 'operation')}`)
  else if (isSame(comparison)) terminal.err('  only descriptions, examples or the order of members changed')
  else for (const line of changeLines(comparison, terminal)) terminal.err(`  ${line}`)
  if (isFirst) {
    terminal.err(
      `  noted in ${nameFrom(cwd, join(request.folder, noteName(request.id)))}, for \`gatewright spec update\``,
    )
    terminal.err(
      `Next: name it as \`spec\` of a service in the manifest, or write a first one:\n    gatewright init ${nameFrom(cwd, join(request.folder, note.document))}`,
    )
  }
}

function operationsOf({ prepared }: Outcome): number {
  const paths: unknown = prepared?.document.document['paths']
  const methods = /^(?:get|put|post|delete|options|head|patch|trace|query)$/
  return Object.values(typeof paths === 'object' && paths !== null ? paths : {}).reduce<number>(
    (sum, item) => sum + Object.keys(Object(item)).filter((name) => methods.test(name)).length,
    0,
  )
}

/** Prints what is wrong with notes that were not used. */
export function printUnusable(unusable: Diagnostics, terminal: Terminal): void {
  const { locator } = unusable
  printFindings({ diagnostics: remedied(unusable), locator, folder: null, milliseconds: 0, verbose: true }, terminal)
}

/** @param unusable what is wrong with notes that were not used */
export function jsonOutcome(outcomes: readonly Outcome[], unusable: Diagnostics, terminal: Terminal): void {
  const findingsOf = (diagnostics: Diagnostics): readonly JsonDiagnostic[] => {
    const { locator } = diagnostics
    const findings = { diagnostics: remedied(diagnostics), locator, folder: null, milliseconds: 0, verbose: true }
    return jsonFindings(findings, terminal.cwd)
  }
  const documents = outcomes.map((outcome) => {
    const { request, diagnostics, prepared } = outcome
    return {
      ok: prepared !== null,
      note: nameFrom(terminal.cwd, join(request.folder, noteName(request.id))),
      document: prepared === null ? null : nameFrom(terminal.cwd, join(request.folder, prepared.note.document)),
      source: request.source.url,
      operations: prepared === null ? null : operationsOf(outcome),
      ...filesOf(outcome),
      changes: prepared?.comparison ?? null,
      diagnostics: findingsOf(diagnostics),
    }
  })
  const diagnostics = [...findingsOf(unusable), ...documents.flatMap((one) => one.diagnostics)]
  printJson({ ok: unusable.all.length === 0 && documents.every(({ ok }) => ok), documents, diagnostics }, terminal)
}
