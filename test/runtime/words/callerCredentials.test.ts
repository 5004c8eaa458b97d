import { expect, test } from '@jest/globals'
import { needsCaller } from '../../../templates/runtime/words/callerCredentials.ts'

test.each<[string | undefined, boolean]>([
  ['principal', true],
  ['exchange', true],
  ['identity', true],
  ['header', false],
  ['basic', false],
  ['client', false],
  [undefined, false],
])('%s: %s', (kind, want) => {
  expect(needsCaller(kind)).toBe(want)
})
