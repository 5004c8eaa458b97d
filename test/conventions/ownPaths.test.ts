import { describe, expect, test } from '@jest/globals'
import { ownPaths } from '../../templates/runtime/words/ownPaths.ts'
import { read } from './files.ts'

const named = /(?<=[`' ])\/(?:health|\.well-known)\/[\w./-]+/g
const known: ReadonlySet<string> = new Set(Object.values(ownPaths))

/** Documents for users of a gateway, and the own paths that each must contain. */
const texts: readonly [string, readonly string[]][] = [
  ['templates/project/Dockerfile.hbs', []],
  ['templates/project/README.md.hbs', []],
  ['docs/gateway.md', [ownPaths.live, ownPaths.ready]],
  ['docs/manifest.md', [ownPaths.jwks]],
]

describe('the gateway’s own paths', () => {
  test.each(texts)('%s contains those of words/ownPaths.ts, and no others', (file, want) => {
    const found = new Set(read(file).match(named))
    expect([...found].filter((path) => !known.has(path))).toEqual([])
    for (const path of want) expect(found).toContain(path)
  })

  test('the pattern finds paths in every own folder', () => {
    for (const folder of ['health', '.well-known']) expect(`see /${folder}/x`.match(named)).toEqual([`/${folder}/x`])
  })
})
