import { apiKeySettings, issuerSettings } from './authenticators.ts'
import { credentialSettings } from './credentials.ts'
import type { Group } from './read.ts'
import { namesAt, type TableLevel } from './resolve.ts'
import type { Setting } from './row.ts'
import { table } from './table.ts'

// Generates the parts of gateway.schema.json and docs/manifest.md that describe settings. `npm run settings` writes both files.

type Json = { [name: string]: unknown }

/** The places in gateway.schema.json that describe the settings of a level, an authenticator or a credential. */
export const schemaPlaces: readonly { readonly at: readonly string[]; readonly settings: Group }[] = [
  { at: ['service'], settings: settingsAt('service') },
  { at: ['client'], settings: settingsAt('client') },
  { at: ['options'], settings: settingsAt('selector') },
  { at: ['jwtIssuer'], settings: issuerSettings },
  { at: ['authenticator', 'oneOf', '0'], settings: issuerSettings },
  { at: ['authenticator', 'oneOf', '1'], settings: apiKeySettings },
  ...Object.entries(credentialSettings).map(([kind, settings]) => ({
    at: ['oneCredential', 'anyOf', '1', 'properties', kind],
    settings,
  })),
]

function settingsAt(level: TableLevel): Group {
  return Object.fromEntries(namesAt(level).map((name) => [name, table[name]]))
}

/** The manifest's schema with all settings replaced by those of the table. Everything else is unchanged. */
export function schemaWithSettings(schema: object): object {
  const copy = structuredClone(schema) as Json
  for (const { at, settings } of schemaPlaces) {
    const place = at.reduce(memberOf, memberOf(copy, '$defs'))
    for (const [name, setting] of Object.entries(settings)) {
      const [member = '', ...outer] = name.split('.').reverse()
      const properties = memberOf(
        outer.reverse().reduce((node, step) => memberOf(memberOf(node, 'properties'), step), place),
        'properties',
      )
      properties[member] = propertyOf(setting)
    }
  }
  return copy
}

function propertyOf(setting: Setting<unknown, unknown>): Json {
  const { written } = setting.default ?? {}
  return {
    ...setting.value.schema,
    description: `${setting.description}${defaultWords(setting)}`,
    ...(written === undefined ? {} : { default: written }),
    examples: [setting.example],
  }
}

function defaultWords({ default: usual }: Setting<unknown, unknown>): string {
  return usual === null ? '' : ` Default: ${usual.text}.`
}

/** An object member of an object, created if it is missing. */
function memberOf(node: Json, name: string): Json {
  node[name] ??= {}
  return node[name] as Json
}

/** Column headings of docs/manifest.md by level, in order. */
const columns = { service: 'service', client: 'client', selector: 'entry of `expose`' } as const satisfies Readonly<
  Record<TableLevel, string>
>

/** The tables of docs/manifest.md, by the name in their marker (`<!-- settings: name -->`). */
const tables: Readonly<Record<string, () => readonly string[]>> = {
  levels: () => [
    row(['setting', ...Object.values(columns), 'meaning', 'default']),
    rule(Object.keys(columns).length + 3),
    ...Object.entries<Setting<unknown, unknown>>(table).map(([name, setting]) =>
      row([
        `\`${name}\``,
        ...Object.keys(columns).map((level) => (setting.levels.some((one) => one === level) ? 'yes' : '')),
        setting.description,
        defaultCell(setting),
      ]),
    ),
  ],
  jwt: () => plainTable(issuerSettings),
  'api-key': () => plainTable(apiKeySettings),
  credentials: () => [
    row(['credential', 'setting', 'meaning', 'default']),
    rule(4),
    ...Object.entries<Group>(credentialSettings).flatMap(([kind, group]) =>
      Object.entries(group).map(([name, setting]) =>
        row([`\`${kind}\``, `\`${name}\``, setting.description, defaultCell(setting)]),
      ),
    ),
  ],
}

/** A page with its generated tables replaced. Each is between `<!-- settings: name -->` and `<!-- end -->`. */
export function pageWithSettings(page: string): string {
  return page.replace(/(<!-- settings: ([\w-]+) -->\n)[\s\S]*?(?=<!-- end -->)/g, (_, start: string, name: string) => {
    const lines = tables[name]
    if (lines === undefined) throw new Error(`There is no table ${name}.`)
    return `${start}\n${lines().join('\n')}\n\n`
  })
}

function plainTable(group: Group): readonly string[] {
  return [
    row(['setting', 'meaning', 'default']),
    rule(3),
    ...Object.entries(group).map(([name, setting]) => row([`\`${name}\``, setting.description, defaultCell(setting)])),
  ]
}

/** A default, as code if the manifest can express it. */
function defaultCell({ default: usual }: Setting<unknown, unknown>): string {
  if (usual === null) return 'required'
  const isList = Array.isArray(usual.written)
  return usual.written === undefined || isList ? usual.text : `\`${usual.text}\``
}

/** The line below the column headings. */
function rule(columns: number): string {
  return `|${'---|'.repeat(columns)}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
