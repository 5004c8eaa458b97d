import { describe, expect, test } from '@jest/globals'
import { readLock } from '../../../generator/write/lock.ts'

const one = '1'.repeat(64)
const two = '2'.repeat(64)
const three = '3'.repeat(64)

const lock = (...lines: readonly string[]): string =>
  ['{', '  "gatewright": "1.2.3",', '  "gateway": "shop",', '  "files": {', ...lines, '  }', '}', ''].join('\n')
const line = (path: string, hash: string, comma = ','): string => `    "${path}": "${hash}"${comma}`

/** The hashes of each file, and whether the lock is merged; `null`: not a lock. */
function read(text: string): unknown {
  const found = readLock(text)
  const sorted = [...(found?.files ?? [])].map(([path, hashes]) => [path, [...hashes].sort()] as const)
  return found && { files: Object.fromEntries(sorted), isMerged: found.isMerged }
}

const both = { files: { a: [one], b: [two, three] }, isMerged: true }

describe('a lock has the hashes of both branches', () => {
  test.each([
    [
      'in a conflict',
      lock(line('a', one), '<<<<<<< HEAD', line('b', two, ''), '=======', line('b', three, ''), '>>>>>>> other'),
    ],
    [
      'in a conflict with the base (merge.conflictStyle diff3)',
      lock(
        line('a', one),
        '<<<<<<< HEAD',
        line('b', two, ''),
        '||||||| 1234567',
        line('b', one, ''),
        '=======',
        line('b', three, ''),
        '>>>>>>> other',
      ),
    ],
    ['after a union', lock(line('a', one), line('b', two), line('b', three, ''))],
    ['after a union at the last line', lock(line('a', one), line('b', two, ''), line('b', three, ''))],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(both)
  })
})

test('a lock without a merge has one hash for each file, whatever else an earlier version wrote', () => {
  const text = lock(line('a', one, '')).replace('  "files"', `  "inputs": {\n    "a.yaml": "${two}"\n  },\n  "files"`)
  expect(read(text)).toEqual({ files: { a: [one] }, isMerged: false })
})

test.each([
  [
    'of which one side is another manifest',
    lock(line('a', one, '')).replace(
      '"gateway": "shop",',
      '<<<<<<< a\n  "gateway": "shop",\n=======\n  "gateway": "x",\n>>>>>>> b',
    ),
  ],
  ['of which one side is not complete', lock('<<<<<<< a', line('a', one, ''), '=======', '{', '>>>>>>> b')],
  ['with the start of a conflict only', `<<<<<<< ours\n${lock(line('a', one, ''))}`],
  [
    'with a path that no generator wrote',
    lock('<<<<<<< a', line('a', one, ''), '=======', line('../a', two, ''), '>>>>>>> b'),
  ],
])('nothing is a lock %s', (_, text) => {
  expect(read(text)).toBeNull()
})
