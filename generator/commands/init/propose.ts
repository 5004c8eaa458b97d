import { basename, dirname, relative, sep } from 'node:path'
import type { Model } from '../../model/index.ts'
import { isWithin } from '../../read/index.ts'
import { type Run, run } from '../../run.ts'
import type { Code, Diagnostic } from '../../support/index.ts'
import { serviceIds } from '../identifiers.ts'
import { compose } from './compose.ts'
import { referredPlaces } from './discovery.ts'
import type { ClientWish, Draft, EntryDraft, IssuerDraft, Refs } from './draft.ts'
import { proposeEntries } from './entries.ts'
import { reasonOf, repair } from './repair.ts'

import { proposeServices } from './services.ts'

/** A manifest in which only rules may be undecided, or why there is none. */
export type Proposal =
  | {
      readonly kind: 'manifest'
      readonly text: string
      readonly draft: Draft
      /** Of the text. Rules that entries name and that are undecided are errors. */
      readonly planned: Run
    }
  | { readonly kind: 'errors'; readonly planned: Run; readonly why: readonly Diagnostic[] }

export interface ProposalRequest {
  /** Absolute path of the manifest. It need not exist. */
  readonly manifest: string
  /** Absolute paths of the documents. */
  readonly specs: readonly string[]
  readonly name: string
  readonly clients: readonly ClientWish[]
  /** As in `Draft`. */
  readonly issuer: IssuerDraft | null
  /** As `ComposeOptions`. */
  readonly schema: string
  readonly onRound: (round: number) => void
}

interface Source {
  readonly id: string
  /** Relative to the manifest. */
  readonly spec: string
  readonly refs: Refs
}

/** Each round resolves the errors that the one before uncovered. Real documents need two or three. */
const mostRounds = 12

/**
 * Drafts a manifest, plans it, and changes the draft until the plan has no errors. Undecided rules count as decided
 * there, and entries that are commented out as exposed, so that deciding causes no error later.
 */
export async function proposeManifest(request: ProposalRequest): Promise<Proposal> {
  request.onRound(0)
  const sources = sourcesOf(request)
  const survey = await planSources(request, sources)
  if (survey.model === null) return { kind: 'errors', planned: survey, why: ofDocuments(survey, request) }
  let draft = firstDraft(request, sources, survey.model.value)
  if (draft.services.length === 0) return { kind: 'errors', planned: survey, why: ofDocuments(survey, request) }
  for (let round = 1; ; round++) {
    request.onRound(round)
    const { manifest, schema } = request
    const trial = await planned(manifest, compose(draft, { schema, trial: true }))
    if (trial.plan !== null) return settle(request, draft)
    const repaired =
      round < mostRounds
        ? (repair(draft, errorsOf(trial), basename(manifest)) ?? (await withoutUnfit(request, draft)))
        : null
    if (repaired === null) return { kind: 'errors', planned: trial, why: trial.diagnostics.all }
    draft = repaired
  }
}

/** Diagnostics about the documents, without those about the draft of the manifest. */
function ofDocuments({ diagnostics }: Run, { manifest }: ProposalRequest): readonly Diagnostic[] {
  return diagnostics.all.flatMap((one) => {
    if (one.origin?.file !== basename(manifest)) return [one]
    // The place of a document that cannot be read is in the draft, which is not written.
    return unreadable.has(one.code) ? [{ ...one, origin: null }] : []
  })
}

const unreadable: ReadonlySet<Code> = new Set(['GW1101', 'GW1102', 'GW1103'])

/**
 * The draft without the operations that `--skip-unsupported` would leave out, because errors in schemas do not belong
 * to an entry. `null`: none would be left out.
 */
async function withoutUnfit({ manifest, schema }: ProposalRequest, draft: Draft): Promise<Draft | null> {
  const text = compose(draft, { schema, trial: true })
  const { plan } = await planned(manifest, text, true)
  const clients = plan?.value.clients ?? []
  if (clients.every(({ skipped }) => skipped.length === 0)) return null
  return {
    ...draft,
    clients: draft.clients.map((client) => {
      const skipped = new Map(clients.find(({ id }) => id === client.id)?.skipped.map((one) => [one.reference, one]))
      const fits = ({ operation }: EntryDraft): boolean => !skipped.has(`${operation.service} ${operation.reference}`)
      const leftOut = client.entries.flatMap(({ operation, selector }) => {
        const found = skipped.get(`${operation.service} ${operation.reference}`)
        return found === undefined
          ? []
          : [{ operation, code: found.code, reason: reasonOf(found.reason, selector, operation) }]
      })
      return { ...client, entries: client.entries.filter(fits), leftOut: [...client.leftOut, ...leftOut] }
    }),
  }
}

/** Runs the stages up to `plan` for a manifest that is not in a file. */
function planned(manifest: string, text: string, skipUnsupported = false): Promise<Run> {
  return run({ manifest, text, clients: [], skipUnsupported, until: 'plan' })
}

/** The manifest as it is written. It is read and planned too, because its text differs from that of the trial. */
async function settle({ manifest, schema }: ProposalRequest, draft: Draft): Promise<Proposal> {
  const text = compose(draft, { schema, trial: false })
  const final = await planned(manifest, text)
  const unexpected = errorsOf(final).filter(({ code }) => code !== undecided)
  return unexpected.length === 0
    ? { kind: 'manifest', draft, text, planned: final }
    : { kind: 'errors', planned: final, why: unexpected }
}

const undecided: Code = 'GW3501'

function errorsOf({ diagnostics }: Run): readonly Diagnostic[] {
  return diagnostics.all.filter(({ severity }) => severity === 'error')
}

/** The documents as services, with `refs` for the files outside the manifest's folder that they refer to. */
function sourcesOf({ manifest, specs }: ProposalRequest): readonly Source[] {
  const folder = dirname(manifest)
  const ids = serviceIds(specs)
  const shown = (path: string): string => relative(folder, path).split(sep).join('/')
  return specs.map((path, index) => {
    const places = referredPlaces(path, folder)
    const own = dirname(path)
    const climb = places.some((one) => !isWithin(one, own))
    return { id: ids[index] ?? 'service', spec: shown(path), refs: { places: places.map(shown), climb } }
  })
}

async function planSources({ manifest, name }: ProposalRequest, sources: readonly Source[]): Promise<Run> {
  const services = Object.fromEntries(
    sources.map(({ id, spec, refs: { places } }) => [
      id,
      { spec, url: 'http://127.0.0.1', ...(places.length > 0 ? { refs: places } : {}) },
    ]),
  )
  const text = JSON.stringify({ gatewright: 1, name, services, clients: { nobody: { expose: {} } } })
  return planned(manifest, text)
}

function firstDraft({ name, clients, issuer }: ProposalRequest, sources: readonly Source[], model: Model): Draft {
  const services = sources.flatMap(({ id, spec, refs }, index) => {
    const found = model.services.find((service) => service.id === id)
    return found === undefined ? [] : proposeServices({ id, spec, refs }, index, found)
  })
  return {
    name,
    issuer,
    services,
    clients: clients.map((client) => ({
      ...client,
      authenticator: authenticatorOf(client, clients),
      entries: services.flatMap((service) => proposeEntries(service, client)),
      leftOut: [],
    })),
    idle: sources.filter(({ spec }) => services.every((service) => service.spec !== spec)).map(({ spec }) => spec),
  }
}

/** `bearer` or `key`, with the client's id as a prefix if several clients use the same kind. */
function authenticatorOf(client: ClientWish, all: readonly ClientWish[]): string {
  const name = client.kind === 'jwt' ? 'bearer' : 'key'
  return all.filter(({ kind }) => kind === client.kind).length > 1 ? `${client.id}-${name}` : name
}
