import { expect, test } from '@jest/globals'
import { typeText } from '../../../generator/code/index.ts'
import { directives, invisible } from '../../hostile/structure.ts'

test('rule G1: comments of printed declarations contain no code, and literals keep their values', () => {
  const declarations = '// @ts-nocheck\n/** @ts-ignore */\nexport type A = "@ts-ignore \u202e"\n// @ts-expect-error\n'
  expect(directives('a.ts', declarations)).not.toEqual([])
  const text = String(typeText(declarations))
  expect(directives('a.ts', text)).toEqual([])
  expect(invisible.exec(text.replaceAll('\n', ''))).toBeNull()
  expect(JSON.parse(/"(.*)"/.exec(text)?.[0] ?? '')).toBe('@ts-ignore \u202e')
})
