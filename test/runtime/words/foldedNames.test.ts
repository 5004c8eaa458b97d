import { expect, test } from '@jest/globals'
import { baseName, foldTarget } from '../../../templates/runtime/words/foldedNames.ts'

test.each(['Role', 'role[]', 'ROLE[0][name]', 'role.name', 'role\uff3b0\uff3d', ' role [x]'])(
  'rule P13: a service may set role by %s',
  (name) => {
    expect(foldTarget(name)).toBe('role')
  },
)

test.each([
  ['ids[]', 'ids'],
  ['ids[0][x]', 'ids'],
  ['ids', 'ids'],
  ['ids.x', 'ids.x'],
])('the base of %s', (name, base) => {
  expect(baseName(name)).toBe(base)
})
