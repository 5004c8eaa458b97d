import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Report } from '../../support/index.ts'
import { openDecisions } from '../decisions.ts'
import { count, jsonFindings, nameFrom, printFindings, printJson, refuse } from '../report.ts'
import { columns } from '../table.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { isWithheld } from './causes.ts'
import { defaultClients, readClients } from './clients.ts'
import { discover, findDocuments, namedDocuments } from './discovery.ts'
import type { ClientDraft, EntryDraft } from './draft.ts'
import { identifier } from './identifiers.ts'
import { type Proposal, proposeManifest } from './propose.ts'
import type { Answers } from './questions.ts'

export interface InitOptions {
  readonly specs: readonly string[]
  /** Folders that are searched for documents. */
  readonly from: readonly string[]
  readonly out: string
  /** `null`: from the name of the manifest's folder. */
  readonly name: string | null
  /** As typed; empty: the default. */
  readonly clients: readonly string[]
  /** Do not ask questions. */
  readonly yes: boolean
  readonly force: boolean
  readonly json: boolean
  /** Print each diagnostic, also where several have one cause. */
  readonly verbose: boolean
}

/** Writes a first manifest for the given specs. Open decisions are marked; undecided rules must be decided before it can be generated. */
export async function init(asked: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { options, faults: absent } = withFound(asked, terminal)
  if (absent.length > 0) return refuse(absent, asked.json, terminal)
  const manifest = resolve(terminal.cwd, options.out)
  if (existsSync(manifest) && !options.force) return refuse([overwriting(options.out)], options.json, terminal)

  const answers = await answersFor(options, manifest, terminal)
  if (answers === null) {
    terminal.err('Nothing was written.')
    return 1
  }
  const documents = answers.specs.map((name) => ({ name, files: namedDocuments(name, terminal.cwd) }))
  const { clients, faults } = readClients(answers.clients)
  const wrong = [
    ...faults,
    ...(identifier(answers.name, '') === answers.name ? [] : [malformedName(answers.name)]),
    ...documents.flatMap(({ name, files }) =>
      files === null || files.length === 0 ? [withoutDocument(name, files)] : [],
    ),
    ...(documents.length === 0 ? [nothingNamed()] : []),
  ]
  if (wrong.length > 0) return refuse(wrong, options.json, terminal)

  const started = performance.now()
  const proposal = await proposeManifest({
    manifest,
    specs: [...new Set(documents.flatMap(({ files }) => files ?? []))],
    name: answers.name,
    clients,
    schema: schemaFor(manifest),
    onRound: (round) =>
      terminal.progress(round === 0 ? 'Reading the documents ...' : `Planning the gateways, round ${round} ...`),
  })
  terminal.progress(null)
  const fault = proposal.kind === 'manifest' ? writeManifest(manifest, proposal.text, options.out) : null
  if (fault !== null) return refuse([fault], options.json, terminal)
  return tell(proposal, options, manifest, performance.now() - started, terminal)
}

/** The options with the documents below the folders of `--from`. Says which documents there are not offered, and why. */
function withFound(
  options: InitOptions,
  terminal: Terminal,
): { readonly options: InitOptions; readonly faults: readonly Report[] } {
  const faults: Report[] = []
  const found = options.from.flatMap((folder) => {
    const path = resolve(terminal.cwd, folder)
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      faults.push({ code: 'GW5007', message: `--from ${folder} is not a folder.`, origin: null })
      return []
    }
    const { documents, leftOut, isComplete } = discover(path)
    const named = (name: string): string => nameFrom(terminal.cwd, join(path, name))
    if (documents.length === 0 && leftOut.length === 0) faults.push(withoutDocument(folder, []))
    else if (documents.length === 0) {
      const remedy = `Name the documents: gatewright init ${leftOut.map(({ name }) => named(name)).join(' ')}`
      faults.push({ ...withoutDocument(folder, []), remedy })
    }
    if (!options.json) {
      for (const { name, reason } of leftOut) terminal.err(`Left out: ${named(name)} ${reason}.`)
      if (!isComplete) terminal.err(`${folder} has too many or too deep folders: some were not searched.`)
    }
    return documents.map(named)
  })
  return { options: { ...options, specs: [...options.specs, ...found] }, faults }
}

async function answersFor(
  options: InitOptions,
  manifest: string,
  { cwd, dialogue }: Terminal,
): Promise<Answers | null> {
  const name = identifier(basename(dirname(manifest)), 'gateway')
  if (dialogue !== null && !options.yes && !options.json) {
    const { askQuestions } = await import('./questions.ts')
    return askQuestions(options, { found: options.specs.length > 0 ? [] : findDocuments(cwd), name }, dialogue)
  }
  return {
    specs: options.specs,
    name: options.name ?? name,
    clients: options.clients.length > 0 ? options.clients : defaultClients,
  }
}

function tell(
  proposal: Proposal,
  options: InitOptions,
  manifest: string,
  milliseconds: number,
  terminal: Terminal,
): ExitCode {
  const { diagnostics } = proposal.planned
  const findings = {
    diagnostics: proposal.kind === 'errors' ? proposal.why : diagnostics.all,
    locator: diagnostics.locator,
    folder: dirname(manifest),
    milliseconds,
    verbose: options.verbose,
  }
  const name = nameFrom(terminal.cwd, manifest)
  if (proposal.kind === 'errors') {
    if (options.json) printJson({ ok: false, diagnostics: jsonFindings(findings, terminal.cwd) }, terminal)
    else {
      printFindings(findings, terminal)
      terminal.err('Nothing was written.')
    }
    return 1
  }
  const { draft, text } = proposal
  const decisions = openDecisions(text)
  if (options.json) {
    printJson(
      {
        ok: true,
        manifest: name,
        services: draft.services.map(({ id, spec, operations }) => ({ id, spec, operations: operations.length })),
        clients: draft.clients.map(jsonClient),
        decisions: decisions.length,
        undecided: undecidedRules(proposal),
        diagnostics: jsonFindings(findings, terminal.cwd),
      },
      terminal,
    )
    return 0
  }
  const { paint } = terminal
  const operations = draft.services.reduce((sum, service) => sum + service.operations.length, 0)
  const flag = name === 'gateway.yaml' || name === 'specs/gateway.yaml' ? '' : ` --manifest ${name}`
  const rules = undecidedRules(proposal)
  terminal.err(
    [
      `Wrote ${paint.bold(name)}: ${count(draft.services.length, 'service')}, ${count(operations, 'operation')}.`,
      ...columns(draft.clients.map(clientRow)).map((line) => `  ${line}`),
      ...(decisions.length === 0
        ? []
        : [
            `${count(decisions.length, 'line')} marked DECIDE: ${decisions.length === 1 ? 'holds an assumption or an open question' : 'hold assumptions and open questions'}.`,
          ]),
      ...(rules === 0
        ? [`Next: gatewright generate${flag}`]
        : [
            `Next: replace \`undecided\` in ${count(rules, 'rule')} of \`rules\` by who may call, then gatewright generate${flag}`,
          ]),
    ].join('\n'),
  )
  return 0
}

/** The number of undecided rules that exposed entries name. Each is an error until it is decided. */
function undecidedRules({ planned }: Extract<Proposal, { kind: 'manifest' }>): number {
  return planned.diagnostics.all.filter(({ severity }) => severity === 'error').length
}

function jsonClient({ id, entries, leftOut }: ClientDraft): object {
  const withheld = entries.filter(isWithheld)
  const nameOf = ({ operation }: Pick<EntryDraft, 'operation'>): string => `${operation.service} ${operation.reference}`
  return {
    id,
    operations: entries.length - withheld.length,
    withheld: withheld.map((entry) => ({ operation: nameOf(entry), cause: entry.cause, mark: entry.mark })),
    leftOut: leftOut.map((one) => ({ operation: nameOf(one), code: one.code, reason: one.reason })),
  }
}

function clientRow(client: ClientDraft): readonly string[] {
  const withheld = client.entries.filter(isWithheld).length
  return [
    client.id,
    count(client.entries.length - withheld, 'operation'),
    withheld === 0 ? '' : `${withheld} commented out until you decide`,
    leftOutText(client),
  ]
}

function leftOutText({ leftOut }: ClientDraft): string {
  if (leftOut.length === 0) return ''
  const codes = [...new Set(leftOut.map(({ code }) => code))].sort().join(', ')
  return `${leftOut.length} left out, named in the manifest (${codes})`
}

function writeManifest(path: string, text: string, shown: string): Report | null {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return null
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { code: 'GW5008', message: `${shown} cannot be written (${reason}).`, origin: null }
  }
}

/** The path of the schema for editors: in the package that the manifest's project installs. */
function schemaFor(manifest: string): string {
  let folder = dirname(manifest)
  while (!existsSync(resolve(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  const root = existsSync(resolve(folder, 'package.json')) ? folder : dirname(manifest)
  const schema = relative(dirname(manifest), resolve(root, 'node_modules/gatewright/gateway.schema.json'))
    .split(sep)
    .join('/')
  return schema.startsWith('.') ? schema : `./${schema}`
}

function overwriting(name: string): Report {
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

function withoutDocument(name: string, files: readonly string[] | null): Report {
  const message = files === null ? `${name} does not exist.` : `There is no OpenAPI document below ${name}.`
  return { code: 'GW5007', message, origin: null }
}

function nothingNamed(): Report {
  return {
    code: 'GW5007',
    message: 'No document was named.',
    origin: null,
  }
}
