import { isDeepStrictEqual } from 'node:util'
import { Alias, Document } from 'yaml'
import type { JsonObject } from '../../read/types.ts'
import { groupedBy } from '../../support/index.ts'
import type { SharedCredential } from './anchors.ts'
import { causes, isWithheld } from './causes.ts'
import type { ClientDraft, Draft, EntryDraft, LeftOut, ServiceDraft } from './draft.ts'
import { type RuleDraft, ruleOf } from './rules.ts'
import { blocks, printed, remark, scalar } from './text.ts'

/** What the entries of clients share. */
interface Shared {
  readonly credentials: readonly SharedCredential[]
  readonly rules: readonly RuleDraft[]
  /** As `ComposeOptions`. */
  readonly trial: boolean
}

/** A client with one entry for each operation. No selector covers several, so nothing is exposed implicitly. */
export function clientLines(client: ClientDraft, { services }: Draft, shared: Shared): readonly string[] {
  const several = services.length > 1
  const parts = services.map((service) => [
    ...(several ? [`      # -- ${service.id}`] : []),
    ...serviceEntries(client, service, shared),
  ])
  return [
    `  ${client.id}:`,
    ...(client.external ? ['    audience: external'] : []),
    `    authenticate: [${client.authenticator}]`,
    '    expose:',
    ...blocks(parts.filter((lines) => lines.length > (several ? 1 : 0))),
  ]
}

/** Entries of one service. Those with open questions stand below them, and those that are commented out at the end. */
function serviceEntries(client: ClientDraft, service: ServiceDraft, shared: Shared): readonly string[] {
  const own = ({ operation }: Pick<LeftOut, 'operation'>): boolean => operation.service === service.id
  const entries = client.entries.filter(own)
  const exposed = entries.filter((entry) => !isWithheld(entry))
  const groups = groupedBy(exposed, (entry) => headings(entry, service, shared).join('\n'))
  const plain = groups.get('') ?? []
  return [
    ...plain.map((entry) => entryLine(entry, client, shared)),
    ...[...groups].flatMap(([heading, members]) =>
      heading === ''
        ? []
        : [
            ...heading.split('\n').map((line) => `      # ${line}`),
            ...members.map((entry) => entryLine(entry, client, shared)),
          ],
    ),
    ...withheldLines(entries.filter(isWithheld), client, shared),
    ...leftOutLines(client.leftOut.filter(own)),
  ]
}

/** The lines above entries: why they name a rule, and open questions that no rule has. */
function headings(entry: EntryDraft, service: ServiceDraft, { credentials }: Shared): readonly string[] {
  const credential = entry.options['credential']
  const isAlias = credentials.some(({ value }) => isDeepStrictEqual(credential, value))
  return [
    ...(entry.cause === null ? [] : [`${causes[entry.cause].heading}:`]),
    ...Object.values(entry.decisions).map((question) => `DECIDE: ${remark(question)}`),
    ...(credential === undefined || isAlias ? [] : service.asGatewayDecisions.map((one) => `DECIDE: ${remark(one)}`)),
  ]
}

function entryLine(entry: EntryDraft, client: ClientDraft, { credentials, rules }: Shared): string {
  const rule = ruleOf(entry, client, rules)
  const options = { ...entry.options, ...(rule === null ? {} : { access: rule }) }
  return `      ${scalar(entry.selector)}: ${optionsText(options, credentials)}`
}

/** Entries that are commented out: without their `#` they are entries as all others. */
function withheldLines(entries: readonly EntryDraft[], client: ClientDraft, shared: Shared): readonly string[] {
  return [...groupedBy(entries, ({ cause }) => cause)].flatMap(([cause, members]) => [
    ...(cause === null ? [] : [`      # ${causes[cause].heading}:`]),
    ...members.map((entry) => {
      const line = entryLine(entry, client, shared)
      if (shared.trial) return line
      const questions = Object.values(entry.decisions).map(remark)
      const why = [...(entry.mark === null ? [] : [remark(entry.mark)]), ...questions]
      return `${line.replace(/^ {6}/, '$&#')}${why.length === 0 ? '' : ` # ${why.join('; ')}`}`
    }),
  ])
}

/** Groups operations with the same reason. */
function leftOutLines(all: readonly LeftOut[]): readonly string[] {
  return [...groupedBy(all, ({ code, reason }) => `${code} ${reason}`)].flatMap(([reason, members]) => [
    `      # Left out: ${remark(reason)}`,
    ...members.map(({ operation }) => `      #   ${remark(operation.reference)}`),
  ])
}

function optionsText(options: JsonObject, credentials: readonly SharedCredential[]): string {
  const shared = credentials.find(({ value }) => isDeepStrictEqual(options['credential'], value))
  const document = new Document(options)
  if (shared !== undefined) document.set('credential', new Alias(shared.name))
  return printed(document, { collectionStyle: 'flow', verifyAliasOrder: false })
}
