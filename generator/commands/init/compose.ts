import { sharedCredentials } from './anchors.ts'
import { authenticatorLines } from './authenticatorLines.ts'
import { isExposed, isWithheld } from './causes.ts'
import { clientLines } from './clientLines.ts'
import type { Draft, ServiceDraft } from './draft.ts'
import { ruleLine, rulesOf } from './rules.ts'
import { blocks, decided, flow, remark, scalar } from './text.ts'

export interface ComposeOptions {
  /** Path or URL of `gateway.schema.json`, for editors. */
  readonly schema: string
  /** Write undecided rules as decided, and entries that are commented out as others, to find their errors. */
  readonly trial: boolean
}

/** The manifest as text. Each assumption and each open question has a comment `DECIDE:`. */
export function compose(draft: Draft, { schema, trial }: ComposeOptions): string {
  const credentials = sharedCredentials(draft)
  const rules = rulesOf(draft)
  const sections = [
    heading(draft, schema),
    `gatewright: 1\nname: ${scalar(draft.name)}`,
    ...(credentials.length === 0
      ? []
      : [
          section(
            'x-credentials',
            credentials.map(({ name, value, decisions, exposed }) =>
              decided(`  ${name}: &${name} ${flow(value)}`, decisions, exposed),
            ),
          ),
        ]),
    section(
      'services',
      blocks(draft.services.map((service) => serviceLines(service, isExposed(service, draft.clients)))),
    ),
    section('authenticators', blocks(draft.clients.map((client) => authenticatorLines(client, draft)))),
    ...(rules.length === 0
      ? []
      : [
          section('rules', [
            "  # Who may call where the documents do not decide: { scopes: ['orders:read'] }, { roles: [staff] },",
            '  # { authenticated: true }, { public: <reason> }. An entry that names an undecided rule is an error.',
            ...rules.map((rule) => ruleLine(rule, trial)),
          ]),
        ]),
    section(
      'clients',
      blocks(draft.clients.map((client) => clientLines(client, draft, { credentials, rules, trial }))),
    ),
  ]
  return `${sections.join('\n\n')}\n`
}

function heading(draft: Draft, schema: string): string {
  // The operations of one document may be those of several services.
  const many = new Set(draft.services.map(({ spec }) => spec)).size
  const documents = many === 1 ? 'one document' : `${many} documents`
  const withheld = draft.clients.some(({ entries }) => entries.some(isWithheld))
  return [
    `# yaml-language-server: $schema=${schema}`,
    '#',
    `# A first manifest, made from ${documents} by \`gatewright init\`. Comments that begin with \`DECIDE:\` are assumptions and open`,
    '# questions: confirm or replace them, and remove the comment. `gatewright lint` counts those that are left.',
    ...(withheld
      ? [
          '# Entries that are commented out are not exposed. Remove their `#` to expose them, once their rule is decided.',
        ]
      : []),
    '# Documents do not say who may see whose data (`own`, `bind`). ACCESS.md of each gateway lists the parameters that are not checked.',
    ...draft.idle.map((spec) => `# Left out: ${remark(spec)} describes no operations.`),
  ].join('\n')
}

function section(name: string, lines: readonly string[]): string {
  return `${name}:\n${lines.join('\n')}`
}

/** `exposed`: whether a client calls the service. Nothing depends on the decisions of one that is not called. */
function serviceLines(service: ServiceDraft, exposed: boolean): readonly string[] {
  const [first, ...more] = service.credential
  const credential = more.length === 0 ? (first ?? null) : service.credential
  const { refs, url } = service
  const foreign = refs.climb ? ['the document refers to files of other folders'] : []
  return [
    `  ${service.id}: # ${remark(service.title)}`.replace(/ # $/, ''),
    `    spec: ${scalar(service.spec)}`,
    ...(refs.places.length === 0 ? [] : [decided(`    refs: ${flow(refs.places)}`, foreign)]),
    decided(`    url: ${scalar(url.text)}`, url.decision === null ? [] : [url.decision], exposed),
    ...(Object.keys(service.security).length === 0 ? [] : [`    security: ${flow(service.security)}`]),
    ...(service.nestedQuery ? [decided('    nestedQuery: brackets', [undefinedQuery], exposed)] : []),
    ...service.remarks.map((text) => `    # ${remark(text)}`),
    ...service.decisions.map((decision) => decided('   ', [decision], exposed)),
    ...(credential === null ? [] : [`    credential: ${flow(credential)}`]),
  ]
}

const undefinedQuery = 'OpenAPI does not define how some query parameters are written'
