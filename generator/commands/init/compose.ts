import { isDeepStrictEqual } from 'node:util'
import { Alias, Document, type ToStringOptions, visit } from 'yaml'
import { envReference } from '../../../templates/runtime/words/envText.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { revealed, visible } from '../../support/index.ts'
import { type ClientDraft, type Draft, type LeftOut, type ServiceDraft, variablePrefix } from './draft.ts'
import { byName, foldEntries } from './fold.ts'

export interface ComposeOptions {
  /** Path or URL of `gateway.schema.json`, for editors. */
  readonly schema: string
  /** Whether selectors may cover several operations. Otherwise each operation is named. */
  readonly fold: boolean
}

const layout = { lineWidth: 0, blockQuote: false, singleQuote: true } as const

/** The manifest as text. Each assumption has a comment `DECIDE:`. */
export function compose(draft: Draft, options: ComposeOptions): string {
  const credentials = sharedCredentials(draft)
  const sections = [
    heading(draft, options.schema),
    `gatewright: 1\nname: ${scalar(draft.name)}`,
    ...(credentials.length === 0
      ? []
      : [
          section(
            'x-credentials',
            credentials.map(({ name, value }) =>
              decided(`  ${name}: &${name} ${flow(value)}`, ['the scopes of this token']),
            ),
          ),
        ]),
    section('services', blocks(draft.services.map(serviceLines))),
    section('authenticators', blocks(draft.clients.map((client) => authenticatorLines(client, draft)))),
    section('clients', blocks(draft.clients.map((client) => clientLines(client, draft, credentials, options.fold)))),
  ]
  return `${sections.join('\n\n')}\n`
}

/** How many lines of a manifest are marked `DECIDE:`. */
export function countDecisions(text: string): number {
  return text.split('\n').filter((line) => line.includes('# DECIDE: ')).length
}

function heading(draft: Draft, schema: string): string {
  // The operations of one document may be those of several services.
  const many = new Set(draft.services.map(({ spec }) => spec)).size
  const documents = many === 1 ? 'one document' : `${many} documents`
  return [
    `# yaml-language-server: $schema=${schema}`,
    '#',
    `# A first manifest, made from ${documents} by \`gatewright init\`. It can be generated unchanged. Each line that is marked`,
    '# `DECIDE:` is an assumption that you should confirm or replace.',
    '# Documents do not say who may see whose data (`own`, `bind`). ACCESS.md of each gateway lists the parameters that are not checked.',
    ...draft.idle.map((spec) => `# Left out: ${remark(spec)} describes no operations.`),
  ].join('\n')
}

function section(name: string, lines: readonly string[]): string {
  return `${name}:\n${lines.join('\n')}`
}

function blocks(all: readonly (readonly string[])[]): readonly string[] {
  return all.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

function serviceLines(service: ServiceDraft): readonly string[] {
  const [first, ...more] = service.credential
  const credential = more.length === 0 ? (first ?? null) : service.credential
  return [
    `  ${service.id}: # ${remark(service.title)}`.replace(/ # $/, ''),
    `    spec: ${scalar(service.spec)}`,
    ...(service.refs.length === 0 ? [] : [`    refs: ${flow(service.refs)}`]),
    decided(`    url: ${scalar(service.url.text)}`, service.url.decision === null ? [] : [service.url.decision]),
    ...(Object.keys(service.security).length === 0 ? [] : [`    security: ${flow(service.security)}`]),
    ...(service.nestedQuery
      ? [decided('    nestedQuery: brackets', ['OpenAPI does not define how some query parameters are written'])]
      : []),
    ...service.decisions.map((decision) => `    # DECIDE: ${remark(decision)}`),
    ...(credential === null ? [] : [`    credential: ${flow(credential)}`]),
  ]
}

function authenticatorLines(client: ClientDraft, { name }: Draft): readonly string[] {
  if (client.kind === 'api-key') {
    return [
      `  ${client.authenticator}: # \`gatewright key\` makes keys`,
      '    type: api-key',
      '    name: X-Api-Key',
      `    keys: ${envReference(`${variablePrefix(client.id)}_KEYS`)}`,
      `    pepper: ${envReference('API_KEY_PEPPER')}`,
    ]
  }
  return [
    `  ${client.authenticator}:`,
    '    type: jwt # DECIDE: at+jwt if the issuer marks access tokens (RFC 9068)',
    `    issuer: ${envReference('OIDC_ISSUER')}`,
    `    audience: ${scalar(`${name}-${client.id}`)} # DECIDE: what the issuer puts into \`aud\` for this client`,
    '    scopes: scope',
    '    roles: roles # DECIDE: the claim that holds roles',
  ]
}

function clientLines(
  client: ClientDraft,
  draft: Draft,
  credentials: readonly SharedCredential[],
  fold: boolean,
): readonly string[] {
  const services = draft.services.map((service) => {
    const own = ({ operation }: { readonly operation: LeftOut['operation'] }): boolean =>
      operation.service === service.id
    const entries = fold ? foldEntries(service, client) : client.entries.filter(own).map(byName)
    return [
      ...(draft.services.length === 1 ? [] : [`      # -- ${service.id}`]),
      ...entries.map((entry) =>
        decided(`      ${scalar(entry.selector)}: ${optionsText(entry.options, credentials)}`, entry.decisions),
      ),
      ...leftOutLines(client.leftOut.filter(own)),
    ]
  })
  return [
    `  ${client.id}:`,
    ...(client.external ? ['    audience: external'] : []),
    `    authenticate: [${client.authenticator}]`,
    client.entries.length === 0 ? '    expose: {}' : '    expose:',
    ...blocks(services.filter((lines) => lines.length > 1 || draft.services.length === 1)),
  ]
}

/** Groups operations with the same reason. */
function leftOutLines(all: readonly LeftOut[]): readonly string[] {
  const byReason = new Map<string, LeftOut[]>()
  for (const one of all)
    byReason.set(`${one.code} ${one.reason}`, [...(byReason.get(`${one.code} ${one.reason}`) ?? []), one])
  return [...byReason].flatMap(([reason, members]) => [
    `      # Left out: ${remark(reason)}`,
    ...members.map(({ operation }) => `      #   ${remark(operation.reference)}`),
  ])
}

function decided(line: string, decisions: readonly string[]): string {
  return decisions.length === 0 ? line : `${line} # DECIDE: ${decisions.map(remark).join('; ')}`
}

interface SharedCredential {
  readonly name: string
  readonly value: JsonValue
}

/** Credentials for calls of clients without tokens are written once, as anchors. */
function sharedCredentials({ services, clients }: Draft): readonly SharedCredential[] {
  return services.flatMap(({ id, asGateway }, index) => {
    const value = asGateway?.length === 1 ? asGateway[0] : asGateway
    // Services of one document share their credentials.
    if (services.findIndex((other) => other.asGateway === asGateway) < index) return []
    const uses = clients
      .flatMap(({ entries }) => entries)
      .filter(({ options }) => value !== null && isDeepStrictEqual(options['credential'], value)).length
    return value === null || value === undefined || uses === 0 || uses > mostAliases
      ? []
      : [{ name: `${id}-as-gateway`, value }]
  })
}

/** A manifest with more uses of aliases is refused when it is read (rule G3). */
const mostAliases = 900

function optionsText(options: JsonObject, credentials: readonly SharedCredential[]): string {
  const shared = credentials.find(({ value }) => isDeepStrictEqual(options['credential'], value))
  const document = new Document(options)
  if (shared !== undefined) document.set('credential', new Alias(shared.name))
  return printed(document, { collectionStyle: 'flow', verifyAliasOrder: false })
}

function flow(value: JsonValue): string {
  return printed(new Document(value), { collectionStyle: 'flow' })
}

function scalar(text: string): string {
  return printed(new Document(text), {})
}

/** Invisible characters are escaped. YAML has escapes in double-quoted strings only (YAML 1.2.2 section 5.7). */
function printed(document: Document, options: ToStringOptions): string {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && revealed(node.value) !== node.value) node.type = 'QUOTE_DOUBLE'
    },
  })
  return revealed(document.toString({ ...layout, ...options }).trimEnd())
}

/**
 * Text of a document for a comment: one line of at most 200 characters, without characters that hide or reorder text.
 */
function remark(text: string): string {
  const line = visible(text)
    .replace(/[\s\ufffd]+/g, ' ')
    .trim()
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
