import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { folderWith, run, shop } from './console.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith(shop)
})
afterEach(() => folder.remove())

const cache = (): string => join(folder.path, 'cache')

/** How many stages a command ran; 0 if it used a stored result. */
async function stages(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const { code, progress } = await run(args, { cwd: folder.path, env, interactive: true })
  expect(code).toBe(0)
  return progress.length
}

describe('a command after which nothing changed', () => {
  const places: readonly [variable: string, below: string][] = [
    ['XDG_CACHE_HOME', ''],
    ['LOCALAPPDATA', ''],
    ['HOME', '.cache'],
  ]
  for (const [variable, below] of places) {
    test(`uses the result stored in the cache folder of ${variable}`, async () => {
      const env = { [variable]: cache() }
      expect(await stages(['generate'], env)).toBeGreaterThan(0)
      expect(existsSync(join(cache(), below, 'gatewright'))).toBe(true)
      expect(await stages(['check'], env)).toBe(0)
      expect(await stages(['generate'], { ...env, CI: 'false' })).toBe(0)
    })
  }

  const anew: readonly [when: string, args: readonly string[], env: Readonly<Record<string, string>>][] = [
    ['on a build server', ['check'], { CI: 'true' }],
    ['on a build server that says so in another way', ['generate'], { CI: '1' }],
    ['when all is asked for', ['check', '--full'], {}],
    ['when force is used', ['generate', '--force'], {}],
  ]
  for (const [when, args, more] of anew) {
    test(`runs all stages ${when}`, async () => {
      const env = { XDG_CACHE_HOME: cache() }
      await stages(['generate'], env)
      expect(await stages(args, { ...env, ...more })).toBeGreaterThan(0)
    })
  }

  test('stores nothing on a build server, nor without a cache folder', async () => {
    await stages(['generate'], { XDG_CACHE_HOME: cache(), CI: 'true' })
    expect(existsSync(cache())).toBe(false)
    await stages(['generate'], {})
    expect(await stages(['check'], {})).toBeGreaterThan(0)
  })
})
