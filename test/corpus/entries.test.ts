import { describe, expect, test } from '@jest/globals'
import { document, folderWith } from '../generator/commands/console.ts'
import { type Entry, namedEntries, setNames } from './entries.ts'

const entry = (name: string, ...specs: readonly string[]): Entry => ({
  name,
  specs: specs.map((one) => `/specs/${one}`),
})
const known: readonly Entry[] = [
  entry('museum', 'museum/openapi.yaml'),
  entry('paypal', 'paypal/a.json', 'paypal/b.json'),
  entry('paypal/a', 'paypal/a.json'),
  entry('paypal/b', 'paypal/b.json'),
  entry('petstore/petstore-3.0', 'petstore/petstore-3.0.yaml'),
]
const named = (...names: readonly string[]) => {
  const { entries, unknown } = namedEntries(names, known)
  return [entries.map(({ name }) => name), unknown]
}

describe('names on the command line of the corpus', () => {
  test.each([
    ['a set', ['paypal'], ['paypal', 'paypal/a', 'paypal/b']],
    ['a set without an entry of its own', ['petstore'], ['petstore/petstore-3.0']],
    ['a set of one document', ['museum'], ['museum']],
    ['an entry', ['paypal/b'], ['paypal/b']],
    [
      'several, one of them twice',
      ['museum', 'paypal/a', 'paypal', 'museum'],
      ['museum', 'paypal/a', 'paypal', 'paypal/b'],
    ],
  ])('%s', (_, names, want) => {
    expect(named(...names)).toEqual([want, []])
  })

  test('a document, and a folder', () => {
    const folder = folderWith({ 'api.json': document({ list: 'GET /a' }), 'more/b.json': document({ list: 'GET /b' }) })
    const { entries, unknown } = namedEntries([`${folder.path}/api.json`, folder.path], known)
    folder.remove()
    expect([entries.map(({ name }) => name), unknown]).toEqual([['api', 'more/b'], []])
  })

  test('what is none of these is returned, and a part of a name is not enough', () => {
    expect(named('museum', 'strip', 'pay', 'nowhere.yaml')).toEqual([['museum'], ['strip', 'pay', 'nowhere.yaml']])
  })

  test('the sets are the folders', () => {
    expect(setNames(known)).toEqual(['museum', 'paypal', 'petstore'])
  })
})
