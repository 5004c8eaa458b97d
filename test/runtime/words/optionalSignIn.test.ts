import { expect, test } from '@jest/globals'
import type { Access } from '../../../templates/runtime/vocabulary.ts'
import { isSignInOptional } from '../../../templates/runtime/words/optionalSignIn.ts'

test.each<[Access, boolean]>([
  [{ kind: 'public', because: 'Open' }, false],
  [{ kind: 'public', because: 'Open', optional: true }, true],
  [{ kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] }, false],
])('%j: %s', (access, want) => {
  expect(isSignInOptional(access)).toBe(want)
})
