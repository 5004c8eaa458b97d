import { tmpdir } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import { keyCommand } from '../../../generator/commands/key.ts'
import { parseRecords } from '../../../templates/runtime/auth/keyRecords.ts'
import { hashKey, readKey } from '../../../templates/runtime/auth/keys.ts'
import { run } from './console.ts'

const pepper = 'a pepper of more than sixteen characters'
const key = (...args: readonly string[]) =>
  run(['key', ...args], { cwd: tmpdir(), env: { API_KEY_PEPPER: pepper, OTHER: `${pepper}!`, SHORT: 'short' } })

describe('key', () => {
  test('makes a key whose record a gateway accepts, and of which only a hash is stored (rule K1)', async () => {
    const { code, out } = await key(
      '--id',
      'partner-1',
      '--prefix',
      'shop',
      '--scope',
      'a:read',
      '--scope',
      'b',
      '--role',
      'auditor',
      '--expires',
      '2999-01-01',
      '--address',
      '203.0.113.0/24',
      '--json',
    )
    const made = JSON.parse(out)
    const { id, secret } = readKey(made.key) ?? {}
    expect([code, id]).toEqual([0, 'partner-1'])
    expect(made.key).toMatch(/^shop_partner-1_/)
    expect(made.record).toEqual({
      id: 'partner-1',
      hash: hashKey(pepper, secret ?? ''),
      subject: 'partner-1',
      scopes: ['a:read', 'b'],
      roles: ['auditor'],
      expires: '2999-01-01',
      addresses: ['203.0.113.0/24'],
    })
    expect(parseRecords(JSON.stringify([made.record])).kind).toBe('records')
    expect(JSON.stringify(made.record)).not.toContain(secret)
  })

  test('prints key and record on stdout, and their descriptions on stderr', async () => {
    const { out, err } = await key('--subject', 'warehouse')
    const [text = '', ...record] = out.split('\n')
    expect(readKey(text)).not.toBeNull()
    expect(JSON.parse(record.join('\n'))).toMatchObject({ subject: 'warehouse', scopes: [], id: readKey(text)?.id })
    expect(err).toContain('cannot be shown again')
  })

  test('never makes the same key twice', async () => {
    expect((await key()).out).not.toBe((await key()).out)
  })

  test('reads the pepper from the given variable', async () => {
    const made = JSON.parse((await key('--pepper-from', 'OTHER', '--json')).out)
    expect(made.record.hash).toBe(hashKey(`${pepper}!`, readKey(made.key)?.secret ?? ''))
  })

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'an absent pepper',
      ['--pepper-from', 'ABSENT'],
      /GW5005 {2}The variable ABSENT, which holds the pepper, is not set\./,
    ],
    ['a short pepper', ['--pepper-from', 'SHORT'], /GW5005 {2}The variable SHORT.* fewer than 16 characters\./],
    ['an impossible prefix', ['--prefix', 'a_b'], /GW5004 {2}--prefix a_b is not 1 to 32/],
    ['an impossible id', ['--id', 'a b'], /GW5004 {2}--id a b is not 1 to 64/],
    [
      'a date that is none',
      ['--expires', 'tomorrow'],
      /GW5004 {2}The record would be refused: expires is not an ISO 8601 date/,
    ],
    ['a date that has passed', ['--expires', '2020-01-01'], /GW5004 {2}--expires 2020-01-01 has passed/],
    ['an address that is none', ['--address', '300.1.1.1'], /GW5004 {2}The record would be refused: addresses is not/],
    ['a scope with a space', ['--scope', 'a b'], /GW5004 {2}The record would be refused: scopes is not/],
  ]
  test.each(refused)('refuses %s, and prints no key', async (_, args, said) => {
    const { code, out, err } = await key(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(said)
  })

  test('reports all faults at once, with --json too', async () => {
    const { out } = await key('--pepper-from', 'ABSENT', '--prefix', '_', '--id', '_', '--json')
    expect(
      JSON.parse(out)
        .diagnostics.map(({ code }: { code: string }) => code)
        .sort(),
    ).toEqual(['GW5004', 'GW5004', 'GW5005'])
  })

  test('compares times with the given clock', async () => {
    const options = {
      prefix: 'k',
      id: null,
      subject: null,
      scopes: [],
      roles: [],
      expires: '2027-01-01',
      addresses: [],
      pepperFrom: 'P',
      json: true,
    }
    const terminal = {
      env: { P: pepper },
      out: () => undefined,
      err: () => undefined,
      cwd: tmpdir(),
    } as unknown as Parameters<typeof keyCommand>[1]
    expect(await keyCommand(options, terminal, Date.parse('2026-12-31'))).toBe(0)
    expect(await keyCommand(options, terminal, Date.parse('2027-01-01'))).toBe(2)
  })
})
