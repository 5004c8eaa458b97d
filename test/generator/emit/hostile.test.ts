import { describe, expect, test } from '@jest/globals'
import { ts } from 'ts-morph'
import { emit, type GeneratedFile } from '../../../generator/emit/index.ts'
import { Diagnostics } from '../../../generator/support/index.ts'
import { formatted } from '../../support/formatter.ts'
import { payloads } from '../../support/payloads.ts'
import { aPlan, type Say } from '../../support/plan.ts'

/** Each field gets a different text, so that keys and names stay distinct. */
function saying(payload: string): Say {
  return (benign) => `${payload}${benign}${payload}`
}

function emitted(say?: Say): readonly GeneratedFile[] {
  const diagnostics = new Diagnostics()
  const { value: files } = emit(aPlan(say), diagnostics)
  expect(diagnostics.all).toEqual([])
  return files.filter(({ path }) => !path.includes('/runtime/'))
}

/** Kinds of all nodes, in order. Keys of properties count as one kind, because quotes depend on their text. */
function shape(file: GeneratedFile): string {
  const source = ts.createSourceFile(file.path, file.contents, ts.ScriptTarget.ES2023, true)
  const kinds: string[] = []
  const visit = (node: ts.Node): void => {
    const isName = node.parent !== undefined && 'name' in node.parent && node.parent.name === node
    kinds.push(isName ? 'name' : (ts.SyntaxKind[node.kind] ?? ''))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return kinds.join(' ')
}

const benign = new Map(emitted().map((file) => [file.path, file]))

describe('rule G1: a payload in every free field', () => {
  for (const payload of payloads) {
    test(`${JSON.stringify(payload)} changes no structure`, () => {
      for (const file of emitted(saying(payload))) {
        const twin = benign.get(file.path)
        if (twin === undefined) throw new Error(`${file.path} is new`)
        expect(file.contents).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/)
        if (file.path.endsWith('.ts')) expect(shape(file)).toBe(shape(twin))
        if (file.path.endsWith('.json'))
          expect(Object.keys(JSON.parse(file.contents))).toEqual(Object.keys(JSON.parse(twin.contents)))
        if (file.path.endsWith('.md')) expect(file.contents.split('\n').length).toBe(twin.contents.split('\n').length)
        if (/(Dockerfile|\/\.[a-z]+)$/.test(file.path)) expect(file.contents).toBe(twin.contents)
      }
    })
  }

  test('leaves the layout of the formatter unchanged', () => {
    const files = payloads.flatMap((payload) => emitted(saying(payload)))
    const text = files
      .flatMap(({ path, contents }) => (/src\/gateway\/\w+\.ts$/.test(path) ? [contents] : []))
      .join('\n')
    expect(formatted(text)).toBe(text)
  })
})
