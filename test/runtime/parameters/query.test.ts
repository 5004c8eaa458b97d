import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { JsonNumber, TooMuchWork, work } from '../../../templates/runtime/json/index.ts'
import { formField } from '../../../templates/runtime/parameters/form.ts'
import { type Findings, queryInput } from '../../../templates/runtime/parameters/index.ts'
import { parsePairs } from '../../../templates/runtime/parameters/query.ts'
import type { ParameterSchema, Schema } from '../../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter, policy } from './support.ts'

const strings: Schema = { type: 'array', items: { type: 'string' } }
const integers: Schema = { type: 'array', items: { type: 'integer' } }
const rgb: Schema = { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } } }
const filter: Schema = {
  type: 'object',
  properties: {
    status: { type: 'string' },
    size: { type: 'integer' },
    tags: strings,
    created: { type: 'object', properties: { gte: { type: 'integer' } } },
    items: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
  },
}

function read(of: ParameterSchema, query: string, name = 'p') {
  const outcome = parsePairs(query)
  if (outcome.kind === 'fault') return outcome
  const used = new Set<string>()
  const reading = formField(name, of, contractOf(operation()), new Set())(outcome.pairs, used)
  return { ...reading, unused: [...outcome.pairs.keys()].filter((key) => !used.has(key)) }
}

describe('every style of a query is parsed by its schema, and serialised again', () => {
  test.each<[string, ParameterSchema, string, unknown, string]>([
    ['text', parameter({ type: 'string' }), 'p=a%20b+c', 'a b c', 'p=a%20b%20c'],
    ['a plus sign', parameter({ type: 'string' }), 'p=a%2Bb', 'a+b', 'p=a%2Bb'],
    ['digits for text', parameter({ type: 'string' }), 'p=007', '007', 'p=007'],
    ['an integer', parameter({ type: 'integer' }), 'p=7', 7, 'p=7'],
    [
      '64 bits',
      parameter({ type: 'integer' }),
      'p=9007199254740993',
      new JsonNumber('9007199254740993'),
      'p=9007199254740993',
    ],
    ['a boolean', parameter({ type: 'boolean' }), 'p=true', true, 'p=true'],
    ['null', parameter({ type: ['integer', 'null'] }), 'p=', null, 'p='],
    ['an empty text', parameter({ type: 'string' }), 'p', '', 'p='],
    ['an integer or text', parameter({ anyOf: [{ type: 'integer' }, { type: 'string' }] }), 'p=x', 'x', 'p=x'],
    [
      'text that only fits as text',
      parameter({ anyOf: [{ type: 'integer', maximum: 5 }, { type: 'string' }] }),
      'p=7',
      '7',
      'p=7',
    ],
    ['numbers in an enum', parameter({ enum: [1, 2] }), 'p=2', 2, 'p=2'],
    ['a reference', parameter({ allOf: [{ type: 'integer' }] }), 'p=2', 2, 'p=2'],
    ['an array, exploded', parameter(integers), 'p=1&p=2', [1, 2], 'p=1&p=2'],
    ['an array of one, exploded', parameter(strings), 'p=a,b', ['a,b'], 'p=a%2Cb'],
    ['an array, in one', parameter(integers, { explode: false }), 'p=1,2', [1, 2], 'p=1,2'],
    ['a comma of its own', parameter(strings, { explode: false }), 'p=a%2Cb,c', ['a,b', 'c'], 'p=a%2Cb,c'],
    [
      'a comma of its own, with reserved characters',
      parameter(strings, { explode: false, allowReserved: true }),
      'p=a%2Cb,c:d',
      ['a,b', 'c:d'],
      'p=a%2Cb,c:d',
    ],
    ['no items', parameter(strings, { explode: false }), 'p=', [], 'p='],
    [
      'spaces between',
      parameter(strings, { style: 'spaceDelimited', explode: false }),
      'p=a%20b+c',
      ['a', 'b', 'c'],
      'p=a%20b%20c',
    ],
    [
      'pipes between',
      parameter(strings, { style: 'pipeDelimited', explode: false }),
      'p=a|b%7Cc',
      ['a', 'b', 'c'],
      'p=a%7Cb%7Cc',
    ],
    ['an object, exploded', parameter(rgb), 'R=1&G=2&x=3', { R: 1, G: 2 }, 'R=1&G=2'],
    ['an object, in one', parameter(rgb, { explode: false }), 'p=R,1,G,2', { R: 1, G: 2 }, 'p=R,1,G,2'],
    [
      'deepObject',
      parameter(filter, { style: 'deepObject' }),
      'p[status]=open&p%5Bsize%5D=2',
      { status: 'open', size: 2 },
      'p%5Bstatus%5D=open&p%5Bsize%5D=2',
    ],
    [
      'deepObject with a list',
      parameter(filter, { style: 'deepObject' }),
      'p[tags]=a&p[tags]=b',
      { tags: ['a', 'b'] },
      'p%5Btags%5D=a&p%5Btags%5D=b',
    ],
    [
      'deepObject with a list in brackets',
      parameter(filter, { style: 'deepObject' }),
      'p[tags][]=a&p[tags][]=b',
      { tags: ['a', 'b'] },
      'p%5Btags%5D%5B%5D=a&p%5Btags%5D%5B%5D=b',
    ],
    [
      'deepObject with declared depth',
      parameter(filter, { style: 'deepObject' }),
      'p[created][gte]=1&p[items][0][sku]=x',
      { created: { gte: 1 }, items: [{ sku: 'x' }] },
      'p%5Bcreated%5D%5Bgte%5D=1&p%5Bitems%5D%5B0%5D%5Bsku%5D=x',
    ],
    [
      'deepObject that may be a number',
      parameter({ anyOf: [filter, { type: 'integer' }] }, { style: 'deepObject' }),
      'p=5',
      5,
      'p=5',
    ],
    [
      'deepObject that is a list',
      parameter(strings, { style: 'deepObject' }),
      'p[0]=a&p[1]=b',
      ['a', 'b'],
      'p%5B0%5D=a&p%5B1%5D=b',
    ],
    ['JSON', parameter(rgb, { style: null }), 'p=%7B%22R%22:1%7D', { R: 1 }, 'p=%7B%22R%22%3A1%7D'],
    [
      'reserved characters',
      parameter({ type: 'string' }, { allowReserved: true }),
      'p=a/b?c:d&x=1',
      'a/b?c:d',
      'p=a/b?c:d',
    ],
    [
      'reserved characters that end a value',
      parameter({ type: 'string' }, { allowReserved: true }),
      'p=a%26b%23c%2Bd',
      'a&b#c+d',
      'p=a%26b%23c%2Bd',
    ],
    [
      'reserved characters that begin a parameter',
      parameter({ type: 'string' }, { allowReserved: true }),
      'p=a;b%3Bc=1%26d=2',
      'a;b;c=1&d=2',
      'p=a%3Bb%3Bc=1%26d=2',
    ],
  ])('%s', (_, of, query, value, wire) => {
    expect(read(of, query)).toMatchObject({ kind: 'read', value, wire })
  })

  test('a name with its own brackets is an ordinary name', () => {
    expect(read(parameter(strings), 'ids%5B%5D=1&ids[]=2', 'ids[]')).toMatchObject({
      value: ['1', '2'],
      wire: 'ids%5B%5D=1&ids%5B%5D=2',
    })
  })
})

describe('rule P11: ambiguous and undeclared parameters are not used', () => {
  test.each<[string, ParameterSchema, string, string]>([
    ['a scalar twice', parameter({ type: 'string' }), 'p=1&p=2', 'must be given once'],
    ['a list in one, twice', parameter(strings, { explode: false }), 'p=1&p=2', 'must be given once'],
    ['a member twice', parameter(rgb), 'R=1&R=2', 'must be given once'],
    ['a member twice in one', parameter(rgb, { explode: false }), 'p=R,1,R,2', 'is not written as it should be'],
    ['a name without value', parameter(rgb, { explode: false }), 'p=R,1,G', 'is not written as it should be'],
    ['an undeclared member', parameter(rgb, { explode: false }), 'p=R,1,x,2', 'is not written as it should be'],
    [
      'two ways at once',
      parameter(filter, { style: 'deepObject' }),
      'p[tags][]=a&p[tags][0]=b',
      'must be written in one way',
    ],
    ['broken JSON', parameter(rgb, { style: null }), 'p={', 'must be JSON'],
    ['JSON with a name twice', parameter(rgb, { style: null }), 'p=%7B%22R%22:1,%22R%22:2%7D', 'must be JSON'],
  ])('%s', (_, of, query, detail) => {
    expect(read(of, query)).toMatchObject({ kind: 'fault', detail })
  })

  test.each([
    ['p[__proto__][x]=1', 'p[__proto__][x]'],
    ['p[constructor][prototype]=1', 'p[constructor][prototype]'],
    ['p[status][x]=1', 'p[status][x]'],
    ['p[x]=1', 'p[x]'],
    ['p[status=1', 'p[status'],
    ['p[status]x=1', 'p[status]x'],
    [`p${'[created]'.repeat(9)}=1`, `p${'[created]'.repeat(9)}`],
  ])('%s is not a parameter', (query, unused) => {
    expect(read(parameter(filter, { style: 'deepObject' }), query)).toEqual({ kind: 'absent', unused: [unused] })
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  test.each([
    ['a broken escape', 'a=%zz', 'has an invalid percent-encoding'],
    ['a broken escape in a name', '%=1', 'has an invalid percent-encoding'],
    ['bytes that are not UTF-8', 'a=%ff', 'has an invalid percent-encoding'],
    ['an overlong encoding', 'a=%c0%af', 'has an invalid percent-encoding'],
    ['a raw character', 'a=\u00e9', 'has a character that must be encoded'],
    ['a space', 'a=b c', 'has a character that must be encoded'],
    ['101 parameters', Array(101).fill('a=1').join('&'), 'has more than 100 parameters'],
  ])('%s is a fault', (_, query, detail) => {
    expect(parsePairs(query)).toEqual({ kind: 'fault', detail })
  })

  test('100 parameters are read', () => {
    expect(parsePairs(Array(100).fill('a=1').join('&')).kind).toBe('pairs')
  })
})

describe('a query is rebuilt from declared parameters', () => {
  const of = operation({
    query: {
      limit: parameter({ type: 'integer', minimum: 1 }, { required: true }),
      q: parameter({ type: 'string' }),
      extra: parameter({ type: 'object', additionalProperties: { type: 'string' } }),
    },
  })

  function rebuild(query: string, undeclaredQuery: 'drop' | 'refuse' = 'drop', names = ['limit', 'q']) {
    const findings: Findings = []
    const rebuilt = queryInput(policy(of, { undeclaredQuery, query: names }), of, contractOf(of))(query, findings)
    return { query: rebuilt?.join('&') ?? null, faults: findings.map(({ pointer, detail }) => `${pointer} ${detail}`) }
  }

  test('rule P11: undeclared parameters are dropped', () => {
    expect(rebuild('x=1&q=a%26b&limit=1&__proto__[x]=1')).toEqual({ query: 'limit=1&q=a%26b', faults: [] })
  })

  test('rule P11: undeclared parameters are refused in strict mode', () => {
    expect(rebuild('x=1&limit=1', 'refuse').faults).toEqual(['x is not allowed here'])
  })

  test('a missing or invalid parameter is named', () => {
    expect(rebuild('q=1').faults).toEqual(['limit is required'])
    expect(rebuild('limit=0').faults).toEqual(['limit must be at least 1'])
    expect(rebuild('limit=x').faults).toEqual(['limit must be an integer'])
  })

  test('an object with any names takes all other parameters, except bound ones', () => {
    const rebuilt = rebuild('q=1&q[]=2&q%5B0%5D=3&limit=2&a=b', 'drop', ['limit', 'extra'])
    expect(rebuilt).toEqual({ query: 'limit=2&a=b', faults: [] })
  })
})

describe('for every value', () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => !/\p{Surrogate}/u.test(value))

  /** The values that any server parses from a query. */
  const decoded = (query: string, name: string) => new URLSearchParams(query).getAll(name)

  test('a server reads the text that the client wrote', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (value, allowReserved) => {
        const sent = new URLSearchParams({ p: value }).toString()
        const got = read(parameter({ type: 'string' }, { allowReserved }), sent)
        expect('wire' in got && decoded(got.wire, 'p')).toEqual([value])
      }),
    )
  })

  test('a server splits a list where the client intended', () => {
    const items = fc.array(
      text.filter((value) => value !== ''),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(items, fc.boolean(), (values, allowReserved) => {
        const sent = `p=${values.map(encodeURIComponent).join(',')}`
        const got = read(parameter(strings, { explode: false, allowReserved }), sent.replace(/['()*!]/g, '!'))
        const expected = values.map((value) => value.replace(/['()*!]/g, '!'))
        const raw = 'wire' in got ? got.wire.slice(2) : ''
        expect(raw.split(',').map(decodeURIComponent)).toEqual(expected)
        expect('value' in got && got.value).toEqual(expected)
      }),
    )
  })

  test('rule P11: only declared names come out, in characters that are safe', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'p[]=&%+0aZ{}"\u0001#é/') })
    fc.assert(
      fc.property(hostile, fc.constantFrom<Schema>({ type: 'string' }, strings, filter), (query, schema) => {
        for (const style of ['form', 'deepObject'] as const) {
          const got = read(parameter(schema, { style }), query)
          if (!('wire' in got) || got.kind !== 'read') continue
          expect(got.wire).toMatch(
            /^(?:(?:p(?:%5B[A-Za-z0-9]*%5D)*|status|size|tags|created|items)=(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*&?)*$/,
          )
        }
      }),
    )
  })
})

describe('an empty value, if the document allows it', () => {
  const of = operation({
    query: { flag: { ...parameter({ enum: ['yes'] }), allowEmptyValue: true }, other: parameter({ enum: ['yes'] }) },
  })
  const input = (query: string) => {
    const findings: Findings = []
    const wire = queryInput(policy(of, { undeclaredQuery: 'refuse' }), of, contractOf(of))(query, findings)
    return [wire, findings.map(({ pointer }) => pointer)]
  }

  test.each<[string, readonly string[], readonly string[]]>([
    ['flag=', ['flag='], []],
    ['flag', ['flag='], []],
    ['flag=yes', ['flag=yes'], []],
    ['flag=no', [], ['flag']],
    ['flag=&flag=', [], ['flag']],
    ['flag=&flag=yes', [], ['flag']],
    ['other=', [], ['other']],
  ])('%s (rule P11)', (query, wire, findings) => {
    expect(input(query)).toEqual([wire, findings])
  })
})

describe('what a query takes is counted (rule P15)', () => {
  const object = parameter({ type: 'object', additionalProperties: true })

  function within(steps: number, run: () => unknown): void {
    work.begin(steps)
    try {
      run()
    } finally {
      work.end()
    }
  }

  test('an object with arbitrary names goes through the pairs of other parameters', () => {
    const outcome = parsePairs(Array.from({ length: 1_000 }, (_, at) => `q[${at}]=1`).join('&'), 1_000)
    if (outcome.kind === 'fault') throw new Error(outcome.detail)
    const readObject = formField('p', object, contractOf(operation()), new Set(['q']))
    expect(() => within(3_999, () => readObject(outcome.pairs, new Set()))).toThrow(TooMuchWork)
    within(4_000, () => readObject(outcome.pairs, new Set()))
  })

  test('a name is folded where a declared parameter is not for the client', () => {
    const of = operation({ query: { p: object, hidden: parameter({ type: 'string' }) } })
    const query = `${encodeURIComponent('\u00e9'.repeat(2_000))}=1`
    const steps = (names: readonly string[]) => () =>
      within(50_000, () => queryInput(policy(of, { query: names }), of, contractOf(of))(query, []))
    expect(steps(['p'])).toThrow(TooMuchWork)
    expect(steps(['p', 'hidden'])).not.toThrow()
  })
})
