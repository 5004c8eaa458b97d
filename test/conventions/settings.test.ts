import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ts from 'typescript'
import { pageWithSettings, schemaPlaces, schemaWithSettings } from '../../generator/settings/documents.ts'
import { filesBelow, read, root } from './files.ts'

type Schema = { readonly [name: string]: Schema }

const schema = JSON.parse(read('gateway.schema.json'))

describe('the table of settings', () => {
  test('matches gateway.schema.json (npm run settings)', () => {
    expect(read('gateway.schema.json')).toBe(`${JSON.stringify(schemaWithSettings(schema), null, 2)}\n`)
  })

  test('matches docs/manifest.md (npm run settings)', () => {
    expect(read('docs/manifest.md')).toBe(pageWithSettings(read('docs/manifest.md')))
  })

  test.each(['levels', 'credentials', 'jwt', 'api-key'])('has its place in docs/manifest.md: %s', (name) => {
    expect(read('docs/manifest.md')).toContain(`<!-- settings: ${name} -->\n\n| `)
  })

  // Properties without defaults and levels: the structure of services, clients, entries and authenticators.
  const structure: Readonly<Record<string, readonly string[]>> = {
    service: ['spec', 'overlays', 'refs', 'url', 'security'],
    client: ['title', 'authenticate', 'expose'],
    options: ['except'],
    'authenticator/oneOf/0': ['type', 'issuers'],
    'authenticator/oneOf/1': ['type'],
  }
  test.each(schemaPlaces.map(({ at, settings }) => [at.join('/'), at, Object.keys(settings)] as const))(
    'has every setting that gateway.schema.json has: %s',
    (name, at, rows) => {
      const place = at.reduce((node: Schema, step) => node[step] ?? {}, schema.$defs)
      const tops = new Set(rows.map((row) => row.split('.')[0]))
      expect(new Set([...tops, ...(structure[name] ?? [])])).toEqual(new Set(Object.keys(place['properties'] ?? {})))
      for (const group of new Set(rows.filter((row) => row.includes('.')).map((row) => row.split('.')[0] ?? ''))) {
        const members = Object.keys(place['properties']?.[group]?.['properties'] ?? {})
        expect(rows.filter((row) => row.startsWith(`${group}.`))).toEqual(members.map((one) => `${group}.${one}`))
      }
    },
  )
})

describe('defaults and the order of levels are in the table only', () => {
  const sources = ['generator/model', 'generator/plan', 'generator/emit']
    .flatMap(filesBelow)
    .filter((file) => file.endsWith('.ts'))
  // `?? []` and `?? null` are allowed: they stand for an entry without the setting, not for a default.
  const names = schemaPlaces.flatMap(({ settings }) => Object.keys(settings).map((name) => name.split('.').at(-1)))
  const chain = new RegExp(
    `(?:options|settings|manifest|client|service|cors|concurrency|part)\\??\\.(?:${[...new Set(names)].join('|')})(?:\\??\\.(?:value|origin))?\\s*\\?\\?(?!\\s*(?:\\[\\]|null\\b))`,
  )

  test('no `??` follows a setting', () => {
    expect(sources.filter((file) => chain.test(read(file)))).toEqual([])
  })

  test('no constant is named as a default', () => {
    const constant = /\bconst (?:default[A-Z]\w*|[A-Z]+_?DEFAULT\w*|DEFAULT\w*)\b/
    expect(sources.filter((file) => constant.test(read(file)))).toEqual([])
  })

  test('the pattern finds chains of `??`', () => {
    expect('timeout: options.timeout?.value ?? manifest.timeout ?? defaultTimeout').toMatch(chain)
    expect('origin: options.answers?.origin ?? source.manifest.answers?.origin').toMatch(chain)
    expect("undeclaredQuery: client.undeclaredQuery ?? 'drop'").toMatch(chain)
  })
})

describe('the example of CONTRIBUTING.md', () => {
  const page = read('CONTRIBUTING.md')
  const example = (name: string): string => {
    const [, code] = new RegExp(`<!-- example: ${name} -->\\n\\n\`\`\`ts\\n([\\s\\S]*?)\`\`\``).exec(page) ?? []
    if (code === undefined) throw new Error(`CONTRIBUTING.md has no example ${name}.`)
    return code
  }
  const table = 'generator/settings/table.ts'
  const withRow = read(table).replace(/^ {2}nestedQuery: /m, (next) => `${example('row')}${next}`)
  const vocabulary = 'templates/runtime/vocabulary.ts'
  const words = 'templates/runtime/words/inherited.ts'
  const all: Readonly<Record<string, string>> = {
    [table]: withRow,
    [vocabulary]: read(vocabulary).replace(
      'export interface ServiceDefaults {\n',
      (start) => start + example('member'),
    ),
    [words]: read(words).replace('route: {\n', (start) => start + example('inherited')),
    'templates/runtime/steps/slow.ts': `import type { Route } from '../vocabulary.ts'\n\n${example('use')}`,
  }

  test('compiles with the sources: a row, a member, its place in a route, its use', () => {
    expect(complaints(all)).toEqual([])
  })

  test.each([table, vocabulary, words])('does not compile without its part of %s', (part) => {
    expect(complaints({ ...all, [part]: read(part) }).join('\n')).toMatch(/slowAfter/)
  })
})

/** Files that are the same in every compilation are parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** The compiler's errors in the plan and the completion of routes with these files replaced or added. */
function complaints(given: Readonly<Record<string, string>>): readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const texts = new Map(Object.entries(given).map(([file, text]) => [join(root, file), text]))
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file)
    if (text !== undefined) return ts.createSourceFile(file, text, version)
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, version, ...rest))
    return parsed.get(file)
  }
  const doors = ['generator/plan/index.ts', 'templates/runtime/startup/completion.ts'].map((file) => join(root, file))
  const program = ts.createProgram([...texts.keys(), ...doors], options, host)
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()].map(
    ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  )
}

describe('the examples of gateway.schema.json', () => {
  const ajv = new Ajv2020({ formats: everyFormat(), strict: false })
  ajv.addSchema(schema, 'manifest')
  const properties = propertiesIn(schema, '')

  test('stand at every property', () => {
    expect(properties.filter(([, property]) => property['examples'] === undefined).map(([at]) => at)).toEqual([])
  })

  test.each(properties)('fit their property: %s', (at, { examples }) => {
    expect(examples).toHaveLength(1)
    expect(ajv.getSchema(`manifest#${at}`)?.((examples as unknown as readonly unknown[])[0])).toBe(true)
  })
})

/** Every property that a manifest can have, by its pointer. */
function propertiesIn(node: Schema, at: string): readonly (readonly [string, Schema])[] {
  if (typeof node !== 'object' || node === null) return []
  const own = Object.entries(node['properties'] ?? {}).map(([name, one]) => [`${at}/properties/${name}`, one] as const)
  const below = Object.entries(node).filter(([name]) => name !== 'examples' && name !== 'default')
  return [...own, ...below.flatMap(([name, child]) => propertiesIn(child, `${at}/${name}`))]
}

/** The formats are texts of any form; the read stage judges them. */
function everyFormat(): Record<string, true> {
  const names = [...read('gateway.schema.json').matchAll(/"format": "([\w-]+)"/g)].map(([, name = '']) => name)
  return Object.fromEntries(names.map((name) => [name, true] as const))
}
