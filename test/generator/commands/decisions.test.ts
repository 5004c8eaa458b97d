import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openDecisions } from '../../../generator/commands/decisions.ts'
import { folderWith, run, shop } from './console.ts'

describe('open decisions of a manifest', () => {
  test('are the comments that begin with the mark, with their lines', () => {
    const manifest = 'a: 1 # DECIDE: one\n\nb:\n  # DECIDE: two\n  c: "x" # DECIDE:three\n  #DECIDE: four\n'
    expect(openDecisions(manifest)).toEqual([
      { line: 1, text: 'one' },
      { line: 4, text: 'two' },
      { line: 5, text: 'three' },
      { line: 6, text: 'four' },
    ])
  })

  test('are not texts with the mark in them, nor comments that mention it', () => {
    const manifest = [
      'a: "# DECIDE: quoted"',
      "b: '# DECIDE: quoted'",
      'c: |',
      '  # DECIDE: a line of a text',
      'd: x# DECIDE: no comment',
      '# Lines with DECIDE: are open',
    ].join('\n')
    expect(openDecisions(manifest)).toEqual([])
  })

  test('are the same with other line ends', () => {
    expect(openDecisions('a: 1\r\nb: 2 # DECIDE: it\r\n')).toEqual([{ line: 2, text: 'it' }])
  })
})

describe('a manifest with open decisions', () => {
  const manifest = `${shop['gateway.yaml']}`
    .replace('name: shop', 'name: shop # DECIDE: the name')
    .replace('audience: shop }', 'audience: shop } # DECIDE: the audience')

  test.each([
    ['lint', []],
    ['generate', []],
  ])('%s says how many there are, and where', async (command, args: readonly string[]) => {
    const folder = folderWith({ ...shop, 'gateway.yaml': manifest })
    const world = { cwd: folder.path }
    const { err } = await run([command, ...args], world)
    const { out } = await run([command, '--json', ...args], world)
    folder.remove()
    expect(err).toContain('2 decisions are open in gateway.yaml, marked DECIDE: lines 2, 8.')
    expect(JSON.parse(out).decisions).toEqual([
      { line: 2, text: 'the name' },
      { line: 8, text: 'the audience' },
    ])
  })

  test('one without any says nothing', async () => {
    const folder = folderWith(shop)
    const { err } = await run(['lint'], { cwd: folder.path })
    folder.remove()
    expect(err).not.toContain('DECIDE')
  })
})

describe('an undecided rule', () => {
  const files = {
    ...shop,
    'gateway.yaml': (shop['gateway.yaml'] ?? '')
      .replace('clients:', 'rules:\n  staff: undecided\nclients:')
      .replaceAll("{ access: { scopes: ['orders:read'] } }", '{ access: staff }'),
  }

  test('is one error with the entries that name it, and nothing is written', async () => {
    const folder = folderWith(files)
    const { code, err } = await run(['generate'], { cwd: folder.path })
    const written = () => readFileSync(join(folder.path, 'generated/web/access.json'))
    expect(written).toThrow('ENOENT')
    folder.remove()
    expect([code, err.match(/GW\d{4}/g)]).toEqual([1, ['GW3501']])
    expect(err).toContain('The rule `staff` is undecided, and 2 entries name it.')
  })

  test('decides the access of its entries once it is written', async () => {
    const folder = folderWith(files)
    const manifest = join(folder.path, 'gateway.yaml')
    writeFileSync(manifest, (files['gateway.yaml'] ?? '').replace('undecided', '{ roles: [staff], scopes: [all] }'))
    // The authenticator of this manifest names no claim for roles.
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace('audience: shop }', 'audience: shop, roles: roles }'),
    )
    const { code } = await run(['generate'], { cwd: folder.path })
    const { routes } = JSON.parse(readFileSync(join(folder.path, 'generated/web/access.json'), 'utf8'))
    folder.remove()
    expect([code, routes.map(({ who }: { readonly who: string }) => who)]).toEqual([
      0,
      ['scope all and role staff', 'scope all and role staff'],
    ])
  })
})
