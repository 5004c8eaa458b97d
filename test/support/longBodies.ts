import { createPatterns } from '../../generator/plan/settle/schemas/patterns/index.ts'
import type { MediaSchema, Schema } from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'
import { createRecordingService } from './recordingService.ts'
import { startTestGateway } from './testGateway.ts'

const megabyte = 1_000_000
const list = (item: (at: number) => string, size = megabyte): string => {
  const items: string[] = []
  for (let length = 2; length < size; ) {
    const text = item(items.length)
    items.push(text)
    length += text.length + 1
  }
  return `[${items.join()}]`
}
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
const text = (unit: string, size = megabyte): string => JSON.stringify(unit.repeat(size / unit.length))

const self: Schema = { $ref: '#/schemas/Any' }
const tree: Schema = { $ref: '#/schemas/Tree' }
const schemas: Readonly<Record<string, Schema>> = {
  Any: { anyOf: [{ type: 'array', items: self, maxItems: 2 }, { type: 'array', items: self }, { type: 'number' }] },
  Tree: {
    type: 'object',
    anyOf: [{ properties: { c: { type: 'array', items: tree } } }, { properties: { d: {} } }],
    unevaluatedProperties: false,
  },
  Map: { additionalProperties: { type: 'string' } },
  Unique: { type: ['array', 'number'], uniqueItems: true, items: { $ref: '#/schemas/Unique' } },
}
const items = (schema: Schema): Schema => ({ type: 'array', items: schema })
const pattern = (source: string): Schema => ({ type: 'string', pattern: source })

const many = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at))
const byName = (schemas: readonly unknown[]) => Object.fromEntries(schemas.map((schema, at) => [`n${at}`, schema]))
const members = `{${list((at) => `"${at.toString(36)}":1`, megabyte).slice(1, -1)}}`

const guarded = { properties: { id: { readOnly: true } } } as Schema

const json: readonly (readonly [what: string, schema: Schema, body: string])[] = [
  ['alternatives that refer to themselves', self, list(() => nested(30))],
  ['members that no alternative has evaluated', tree, `{"c":${list(() => '{"c":[{"c":[{"c":[]}]}]}')}}`],
  [
    'items that nothing has evaluated',
    { contains: { type: 'number' }, unevaluatedItems: { type: 'null' } },
    list(() => '1'),
  ],
  ['unique items of nested lists', { $ref: '#/schemas/Unique' }, '['.repeat(30) + list(String) + ']'.repeat(30)],
  ['values compared with objects', items({ enum: [{ a: 1 }] }), `[${list(() => '1')}]`],
  [
    'many schemas together',
    items({ allOf: Array.from({ length: 500 }, (_, at) => ({ maxLength: at })) }),
    list(() => '""'),
  ],
  ['exponents', items({ type: 'number', minimum: 0 }), list(() => '1e999')],
  ['a pattern of two loops', pattern('^(a|b|ab)*c?$'), text('ab')],
  ['a pattern that is tried everywhere', pattern('[a-z]{500}X'), text('a')],
  ['a pattern with a bounded second loop', pattern('^[a-z]*[a-z]{0,40}X$'), text('a')],
  ['a pattern of names', { patternProperties: { '^(\\w+\\s?)*$': { type: 'null' } } }, `{${text('w ')}:1}`],
  [
    'a pattern with a back-reference',
    items({ ...(pattern('^(?!.*(.).*\\1)[\\u4e00-\\u9fff]+$') as object), maxLength: 500 }),
    list(() => JSON.stringify(Array.from({ length: 480 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(''))),
  ],
  ['names of combining marks beside a read-only one', guarded, `{${text('\u0301\u0316')}:1}`],
  ['many names beside a read-only one', guarded, `{${list((at) => `"é${at}":1`).slice(1, -1)}}`],
  [
    'references to groups that are open',
    { type: 'string', format: 'regex' },
    JSON.stringify('('.repeat(20_000) + '\\1'.repeat(50_000)),
  ],
  ['braces of templates', { anyOf: many(9, () => ({ format: 'uri-template' })) } as Schema, text('{a}')],
  [
    'names that members require',
    items({ dependentRequired: byName(many(200, () => ['x'])) } as Schema),
    list(() => '{}'),
  ],
  [
    'schemas that members require',
    items({ dependentSchemas: byName(many(100, () => false)) } as Schema),
    list(() => '{}'),
  ],
  [
    'conditions within conditions',
    items(many(50, (at) => at).reduce<Schema>((other, at) => ({ if: { const: at }, else: other }) as Schema, true)),
    list(() => '""'),
  ],
  ['exclusions within exclusions', items(many(60, () => 0).reduce<Schema>((not) => ({ not }), true)), list(() => '""')],
  ['names that are counted', { anyOf: many(100, (at) => ({ maxProperties: at })) } as Schema, members],
  ['maps of another type', { anyOf: many(25, () => ({ $ref: '#/schemas/Map' })) } as Schema, members],
  [
    'maps of unevaluated members',
    { anyOf: many(50, (at) => ({ unevaluatedProperties: { const: at } })) } as Schema,
    members,
  ],
  [
    'lists of unevaluated items',
    { allOf: many(100, () => ({ unevaluatedItems: { type: 'number' } })) } as Schema,
    list(() => '1'),
  ],
  [
    'different names in many objects',
    items({ properties: { a: {} } } as Schema),
    list((at) => `{"n${at}":1,"m${at}":1}`),
  ],
  ['different names in one object', { maxProperties: 1_000_000 } as Schema, members],
  ['objects compared with objects', { anyOf: many(50, (at) => ({ const: { at } })) } as Schema, members],
]

const form = (styles: MediaSchema['encoding'][string]['style'], type: string): MediaSchema => ({
  schema: { type: 'object', properties: { a: items({ type }) } } as Schema,
  encoding: { a: { style: styles, explode: false, allowReserved: false, contentType: [] } },
})
const textForm: MediaSchema = {
  schema: { type: 'object', properties: { a: { type: 'string' } } } as Schema,
  encoding: {},
}
const forms: readonly (readonly [what: string, media: MediaSchema, body: string])[] = [
  ['spaces between items', form('spaceDelimited', 'string'), `a=${'+'.repeat(megabyte)}`],
  ['bars between items', form('pipeDelimited', 'string'), `a=${'|'.repeat(megabyte)}`],
  ['commas between items', form('form', 'integer'), `a=${'1,'.repeat(megabyte / 2)}1`],
  ['a field of seven megabytes', textForm, `a=${'x'.repeat(7 * megabyte)}`],
]

export interface LongBody {
  readonly what: string
  readonly path: string
  readonly type: string
  readonly media: MediaSchema
  readonly body: string
}

/** Bodies of a megabyte or more whose checks would take seconds, and the schemas of the routes that take them (rule P15). */
export const longBodies: readonly LongBody[] = [
  ...json.map(([what, schema, body]) => ({
    what: `JSON with ${what}`,
    type: 'application/json',
    media: { schema, encoding: {} },
    body,
  })),
  ...forms.map(([what, media, body]) => ({
    what: `a form with ${what}`,
    type: 'application/x-www-form-urlencoded',
    media,
    body,
  })),
].map((each, at) => ({ ...each, path: `/long${at}` }))

function judgePatterns() {
  const patterns = createPatterns()
  const text = JSON.stringify([json.map(([, schema]) => schema)])
  for (const source of text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)) {
    patterns.judge(JSON.parse(source[1] ?? '""'), { maxLength: 500, mayLimit: true })
  }
  patterns.judge('^(\\w+\\s?)*$', { maxLength: null, mayLimit: false })
  return { linear: patterns.linear(), costs: patterns.costs() }
}

/** Starts a gateway that has the routes of all long bodies, and their service. */
export async function startLongBodies() {
  const service = await createRecordingService((_, res) => res.end())
  const gateway = await startTestGateway({
    routes: longBodies.map(({ path, type }) =>
      some.route('POST', path, {
        contract: { service: 'orders', operation: path },
        request: some.request(path, { body: [type], maxBody: 8 * megabyte }),
      }),
    ),
    services: { orders: some.service(service.url) },
    operations: Object.fromEntries(
      longBodies.map(({ path, type, media }) => [
        path,
        some.operation({ body: { required: true, content: { [type]: media } } }),
      ]),
    ),
    schemas,
    ...judgePatterns(),
  })
  return {
    url: `http://127.0.0.1:${gateway.port}`,
    close: async () => {
      await gateway.close()
      await service.close()
    },
  }
}
