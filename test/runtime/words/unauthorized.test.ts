import { expect, test } from '@jest/globals'
import { areForCaller, concernOf, concernWithoutCaller } from '../../../templates/runtime/words/unauthorized.ts'

test.each<['pass' | undefined, string[], boolean, string]>([
  [undefined, [], false, 'gateway'],
  ...['header', 'basic', 'client', 'exchange', 'identity'].map((kind): [undefined, string[], boolean, string] => [
    undefined,
    [kind],
    false,
    'gateway',
  ]),
  [undefined, [], true, 'gateway'],
  [undefined, ['principal'], false, 'caller'],
  [undefined, ['principal', 'header'], false, 'named'],
  [undefined, ['principal'], true, 'named'],
  ['pass', ['basic'], false, 'pass'],
])('%j, credentials %j, certificate %s: %s', (written, kinds, certificate, want) => {
  expect(concernOf(written, kinds, certificate)).toBe(want)
})

// Credentials are those for a caller; without one, those made from the caller's are not sent.
test.each<['pass' | undefined, string[], boolean, string]>([
  [undefined, [], false, 'gateway'],
  [undefined, ['header'], false, 'gateway'],
  [undefined, ['principal'], false, 'caller'],
  [undefined, ['exchange'], false, 'caller'],
  [undefined, ['identity'], false, 'caller'],
  [undefined, ['principal', 'header'], false, 'named'],
  [undefined, ['identity', 'header'], false, 'named'],
  [undefined, ['principal'], true, 'named'],
  ['pass', ['principal'], false, 'pass'],
])('without a caller: %j, credentials %j, certificate %s: %s', (written, kinds, certificate, want) => {
  expect(concernWithoutCaller(written, kinds, certificate)).toBe(want)
})

test.each<['pass' | undefined, string[], boolean]>([
  [undefined, ['principal'], true],
  [undefined, ['header', 'principal'], true],
  [undefined, ['exchange'], false],
  [undefined, ['identity', 'header'], false],
  ['pass', ['identity'], true],
])('challenges of the service, %j, credentials %j, are for the caller: %s', (written, kinds, want) => {
  expect(areForCaller(written, kinds)).toBe(want)
})
