import { tmpdir } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import { readKey } from '../../../templates/runtime/auth/keys.ts'
import { readSigningKeys } from '../../../templates/runtime/credentials/signingKey.ts'
import { run } from './console.ts'

const key = (args: readonly string[], env: Record<string, string> = {}) => run(['key', ...args], { cwd: tmpdir(), env })

describe('key --signing', () => {
  test('prints a key on one line that a gateway signs with, and its id on stderr', async () => {
    const { code, out, err } = await key(['--signing'])
    expect([code, out.trim().split('\n').length]).toEqual([0, 1])
    const [made] = readSigningKeys(out.trim()) ?? []
    expect(made?.algorithm).toBe('ES256')
    expect(err).toContain(made?.kid)
  })

  test('prints value and id as JSON', async () => {
    const { value, kid } = JSON.parse((await key(['--signing', '--json'])).out)
    expect(readSigningKeys(value)?.[0].kid).toBe(kid)
  })

  test('goes before an older one', async () => {
    const [first, second] = [(await key(['--signing'])).out, (await key(['--signing'])).out]
    expect(readSigningKeys(`${first}${second}`)).toHaveLength(2)
    expect(first).not.toBe(second)
  })
})

test('key --pepper prints a pepper that `key` accepts', async () => {
  const { code, out } = await key(['--pepper'])
  expect([code, out]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}\n?$/)])
  const made = await key(['--json'], { API_KEY_PEPPER: out.trim() })
  expect(readKey(JSON.parse(made.out).key)).not.toBeNull()
})

test.each([
  ['--signing', '--pepper'],
  ['--signing', '--scope', 'a'],
  ['--pepper', '--id', 'partner-1'],
])('key %s %s is wrong usage', async (...args) => {
  const { code, out, err } = await key(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('cannot be used with')
})
