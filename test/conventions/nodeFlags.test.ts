import { describe, expect, test } from '@jest/globals'
import { read } from './files.ts'

/** Each place that starts an emitted gateway. */
const places = ['templates/project/Dockerfile.hbs', 'templates/project/package.json.hbs', 'generator/dev/gateway.ts']

describe('the flags of Node.js', () => {
  test.each(places)('%s has those of docs/gateway.md', (place) => {
    expect(flags(place)).toEqual(flags('docs/gateway.md'))
  })

  test('forbid code from strings, bound the memory of young objects, and keep them young', () => {
    expect(flags('docs/gateway.md')).toEqual([
      '--disallow-code-generation-from-strings',
      '--max-semi-space-size=16',
      '--no-allocation-site-pretenuring',
    ])
  })
})

function flags(file: string): readonly string[] {
  return read(file).match(/--(?:disallow-code|max-semi|no-allocation)-[a-z-]+(?:=\d+)?/g) ?? []
}
