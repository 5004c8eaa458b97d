import { describe, expect, test } from '@jest/globals'
import { runtimeSources } from '../../generator/emit/runtime.ts'
import { filesBelow, read } from './files.ts'

const runtime = [...runtimeSources().keys()].sort()

describe('the runtime in each emitted gateway is an exact copy of what it uses', () => {
  const inFolders = filesBelow('generated').filter((file) => file.split('/').length > 2)
  const clients = [...new Set(inFolders.map((file) => file.split('/')[1] ?? ''))]

  test('there are gateways to compare', () => {
    expect(clients).toEqual(['mobile', 'partner', 'web'])
  })

  for (const client of ['mobile', 'partner', 'web']) {
    test(client, () => {
      const folder = `generated/${client}/src/runtime`
      const copies = filesBelow(folder).map((file) => file.slice(folder.length + 1))
      expect(copies).toEqual(runtime)
      const different = copies.filter((file) => read(`${folder}/${file}`) !== read(`templates/runtime/${file}`))
      expect(different).toEqual([])
    })
  }
})
