import { expect, test } from '@jest/globals'
import { NameSteps } from '../../../templates/runtime/json/nameSteps.ts'

const sum = (names: readonly string[]): number => {
  const steps = new NameSteps()
  return names.reduce((all, name) => all + steps.of(name), 0)
}
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `name-${at}`)

test('names that occur again are one step each (rule P15)', () => {
  const rows = Array.from({ length: 1_000 }, () => ['id', 'name', 'createdAt', '', 'ñ']).flat()
  expect(sum(rows)).toBeLessThan(rows.length + 5 * 65)
})

test('few names are one step each, whatever they are', () => {
  expect(sum(numbered(256))).toBe(256)
})

test('each further name that is new is as many steps as it takes time', () => {
  expect(sum(numbered(10_256))).toBe(256 + 10_000 * 65)
})

test('the columns of a wide table are known after its first rows', () => {
  const columns = numbered(600)
  const rows = Array.from({ length: 100 }, () => columns).flat()
  expect(sum(rows)).toBeLessThan(15 * rows.length)
})
