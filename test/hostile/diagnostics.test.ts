import { describe, expect, test } from '@jest/globals'
import { payloads } from '../support/payloads.ts'
import { attemptFiles, documentOf, manifestFor, operationOf } from './attempt.ts'
import { invisible } from './structure.ts'

/**
 * Diagnostics contain text of documents, and are shown on terminals and in logs of build servers (rule O4, for the
 * generator). The text must not move the cursor, hide other text, start a new line or contain commands for the log
 * collector.
 */
const texts = [
  ...payloads,
  '##vso[task.setvariable]x',
  '##[error]x',
  '\u009b2J',
  '\u00ad\u061c\u{e0041}',
  '\x1b[8m\x9d',
]

/** Each has a different fault; all fit into one document. */
const operations = (payload: string): readonly object[] => [
  operationOf(true, { parameters: [{ name: payload, in: `${payload}query` }] }),
  operationOf(true, { parameters: [{ name: `a ${payload}`, in: 'header', schema: true }] }),
  operationOf(true, { parameters: [{ name: `a ${payload}`, in: 'cookie', schema: true }] }),
  { get: { responses: { 200: { description: '', content: { [payload]: {} } } } } },
  { get: { responses: { [`6${payload}`]: { description: '' } } } },
  operationOf({ type: payload }),
  operationOf({ pattern: `(${payload}` }),
  operationOf({ $ref: `#/nowhere/${payload}` }),
  operationOf({ $ref: `./nowhere/${payload}.yaml` }),
  operationOf({ $ref: `https://evil.example/${payload}` }),
  operationOf(true, { security: [{ [`${payload}!`]: [] }] }),
  operationOf({ $schema: `https://${payload}` }),
  operationOf({ oneOf: [true], discriminator: { propertyName: 'a', mapping: { [payload]: `#/${payload}` } } }),
]

const spec = (payload: string): string =>
  documentOf({
    [`/${payload}/{`]: operationOf(true),
    [`/x/{${payload.replaceAll(/[{}/?#]/g, '')}a}`]: operationOf(true),
    ...Object.fromEntries(operations(payload).map((operation, index) => [`/${index}`, operation])),
  })

/** Lines of diagnostics as `renderDiagnostic` prints them: the message, and indented lines. */
function expectHarmless(shown: readonly string[]): void {
  for (const diagnostic of shown) {
    expect([diagnostic, invisible.exec(diagnostic.replaceAll('\n', ''))?.[0]]).toEqual([diagnostic, undefined])
    const [head = '', ...rest] = diagnostic.split('\n')
    expect(head).toMatch(/^(?:error|warning) GW\d{4} {2}\S/)
    expect(rest.filter((line) => !/^(?: {2}.*)?$/.test(line))).toEqual([])
    expect(diagnostic).not.toMatch(/^\s*::|##\[|##vso\[/m)
  }
}

describe('rule O4: text of inputs is shown without control characters', () => {
  test.each(texts.map((text) => [JSON.stringify(text), text]))('%s', async (_, text) => {
    const { shown, codes } = await attemptFiles({ 'spec.yaml': spec(text) })
    // There are several different diagnostics, except where the name itself is refused everywhere.
    if (text !== '__proto__') expect(new Set(codes).size).toBeGreaterThanOrEqual(5)
    expect(shown.length).toBeGreaterThanOrEqual(text === '__proto__' ? 1 : operations(text).length)
    expectHarmless(shown)
  })

  test('in text that is not YAML', async () => {
    for (const text of texts) {
      const { shown } = await attemptFiles({ 'spec.yaml': `a: "${text}\n  b: [${text}` })
      expect([text, shown.length > 0]).toEqual([text, true])
      expectHarmless(shown)
    }
  })

  test('in the manifest, and in an operationId that it selects and that two operations have', async () => {
    for (const text of texts) {
      const operationId = `a${text.trim()}a`
      const twice = { '/x': operationOf(true, { operationId }), '/y': operationOf(true, { operationId }) }
      const files = { 'spec.yaml': documentOf(twice) }
      const { clients: _, ...rest } = JSON.parse(manifestFor('spec.yaml'))
      const open = { access: { public: 'A test' } }
      const web = { expose: { [`shop.${operationId}`]: open, [`shop.b${text.trim()}`]: open } }
      const dead = { ...rest, clients: { web } }
      const wrong = { ...rest, name: `a${text}`, clients: { web: { expose: { [`nobody.${text}`]: text } } } }
      const outcomes = [
        await attemptFiles({ ...files, 'gateway.yaml': JSON.stringify(dead) }),
        await attemptFiles({
          ...files,
          'gateway.yaml': JSON.stringify(wrong).replace('{', `{${JSON.stringify(text)}:1,`),
        }),
      ]
      expect([text, outcomes.map(({ codes }) => codes.length > 1)]).toEqual([text, [true, text !== '__proto__']])
      expect([text, outcomes[0]?.codes]).toEqual([text, expect.arrayContaining(['GW3104'])])
      expectHarmless(outcomes.flatMap(({ shown }) => shown))
    }
  })

  test('in the name of a file', async () => {
    for (const text of texts) {
      const file = `::${text.replaceAll(/[/\0\ud800-\udfff]/g, '')}.yaml`
      const { shown } = await attemptFiles({
        'gateway.yaml': manifestFor(file),
        [file]: documentOf({ '/x': operationOf({ $ref: '#/nowhere' }) }),
      })
      expect([text, shown.length > 0]).toEqual([text, true])
      expectHarmless(shown)
    }
  })
})
