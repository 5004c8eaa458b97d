import { describe, expect, test } from '@jest/globals'
import { read } from './files.ts'

/** Each place that starts an emitted gateway, apart from the scripts of its package.json. */
const places = ['templates/project/Dockerfile.hbs', 'generator/dev/gateway.ts']

describe('the flags of Node.js', () => {
  test.each(places)('%s has those of docs/gateway.md', (place) => {
    expect(flags(read(place))).toEqual(flags(read('docs/gateway.md')))
  })

  test.each(['dev', 'start'])('the script %s of package.json has them, too', (script) => {
    const line = read('templates/project/package.json.hbs').match(new RegExp(`"${script}": .*`))?.[0]
    expect(flags(line ?? '')).toEqual(flags(read('docs/gateway.md')))
  })

  test('forbid code from strings, bound the memory of young objects, and keep them young', () => {
    expect(flags(read('docs/gateway.md'))).toEqual([
      '--disallow-code-generation-from-strings',
      '--max-semi-space-size=16',
      '--no-allocation-site-pretenuring',
    ])
  })
})

function flags(text: string): readonly string[] {
  return text.match(/--(?:disallow-code|max-semi|no-allocation)-[a-z-]+(?:=\d+)?/g) ?? []
}
