import { expect, test } from '@jest/globals'
import { ownFolders, ownPaths } from '../../../templates/runtime/words/ownPaths.ts'

test('every path is in a reserved folder, so that generate refuses the routes that a gateway refuses at start', () => {
  expect([...ownFolders]).toEqual(['health', '.well-known'])
  for (const path of Object.values(ownPaths)) {
    expect(path).toMatch(/^\/[^/]+\/.+/)
    expect(ownFolders).toContain(path.split('/')[1])
  }
})
