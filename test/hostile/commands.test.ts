import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { callsToTry } from '../../generator/dev/calls.ts'
import { printable } from '../../generator/support/index.ts'
import { run } from '../generator/commands/console.ts'
import { decided } from '../support/decided.ts'
import { type ManifestFolder, manifestFolder } from '../support/manifestFolder.ts'
import { payloads } from '../support/payloads.ts'
import { attemptFiles, documentOf, operationOf } from './attempt.ts'
import { benign, files, hostile } from './documents.ts'
import { invisible } from './structure.ts'

/** Output of commands and manifests of `init` contain text of documents (rule G1). */
const colours = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '')

describe('rule G1: the manifest that init writes for hostile documents', () => {
  let folder: ManifestFolder
  beforeAll(() => {
    folder = manifestFolder(files(payloads.map(hostile)))
    // Ids of services are derived from names of files.
    for (const [index, text] of payloads.entries())
      renameSync(join(folder.path, hostile(text).file(`s${index}.json`)), join(folder.path, `s${index}.json`))
  })
  afterAll(() => folder.remove())

  test('has only the lines of a manifest, and no character that hides or reorders others', async () => {
    const specs = payloads.map((_, index) => `s${index}.json`)
    const made = await run(['init', '--name', 'shop', '--json', '--out', 'first.yaml', ...specs], { cwd: folder.path })
    expect(made.code).toBe(0)
    const text = readFileSync(join(folder.path, 'first.yaml'), 'utf8')
    expect(invisible.exec(text.replaceAll('\n', ''))?.[0]).toBeUndefined()
    const lines = text.split('\n')
    const known = /^(?:#.*|gatewright: 1|name: shop|(?:x-credentials|services|authenticators|rules|clients):| .*|)$/
    expect(lines.filter((line) => !known.test(line))).toEqual([])

    const manifest = parse(decided(text))
    const ids = payloads.map((_, index) => `s${index}`)
    expect(Object.keys(manifest.services)).toEqual(ids)
    const clients: readonly { readonly expose: object }[] = Object.values(manifest.clients)
    const selectors = clients.flatMap(({ expose }) => Object.keys(expose))
    expect(selectors.length).toBeGreaterThan(2 * ids.length)
    expect(selectors.filter((selector) => !/^s\d+(?:[.#].| [A-Z]+ \/)/.test(selector))).toEqual([])
    writeFileSync(join(folder.path, 'first.yaml'), decided(text))
    expect((await run(['lint', '--manifest', 'first.yaml'], { cwd: folder.path })).code).toBe(0)
  })
})

describe('rule G1: the output of explain for hostile documents', () => {
  const explained = async (text: string, says: typeof benign): Promise<string> => {
    const folder = manifestFolder(files([says, benign]))
    const route = `GET /s0/${encodeURIComponent(says.segment('detail'))}/1`
    const { code, out } = await run(['explain', route], { cwd: folder.path, colours: true })
    folder.remove()
    expect([text, code]).toEqual([text, 0])
    return out
  }

  test('has as many lines as for benign ones, and no character that hides or reorders others', async () => {
    const lines = (await explained('', benign)).split('\n').length
    for (const text of payloads) {
      const out = await explained(text, hostile(text))
      expect([text, invisible.exec(colours(out).replaceAll('\n', ''))?.[0]]).toEqual([text, undefined])
      expect([text, out.split('\n').length]).toEqual([text, lines])
    }
  })
})

describe('rule G1: the final filter of terminal output', () => {
  test.each([
    ['colours and lines stay', '\u001b[1m\u001b[31mred\u001b[39m\u001b[22m\nand not', undefined],
    [
      'the cursor does not move',
      'a\u001b[2Jb\u001b]0;c\u0007\u009b5A\r\b',
      'a\\u001b[2Jb\\u001b]0;c\\u0007\\u009b5A\\u000d\\u0008',
    ],
    ['text does not hide', 'a\u202eb\u200bc\u001b[1;8md', 'a\\u202eb\\u200bc\\u001b[1;8md'],
  ])('%s', (_, text, want) => {
    expect(printable(text)).toBe(want ?? text)
  })

  test('JSON keeps its values', () => {
    const value = payloads.map((text) => ({ [text]: text }))
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value)
  })
})

describe('rule G1: the calls that dev prints', () => {
  test.each([`/a';touch$IFS'canary`, `/a'$(touch)'`, `/a"b`, '/a`b`', '/$HOME', '/!!', "/''"])(
    'pass %s to the shell as one word',
    async (path) => {
      const { plan } = await attemptFiles({
        'spec.yaml': documentOf({ [path]: operationOf({ type: 'integer' }) }),
      })
      const [client] = plan?.clients ?? []
      const [call] = client === undefined ? [] : callsToTry(client, 'http://127.0.0.1:1', [])
      expect(call?.command).toMatch(/^curl -i '/)
      const words = execFileSync('sh', ['-c', `printf '%s\\n' ${call?.command.slice('curl '.length)}`], {
        cwd: tmpdir(),
        encoding: 'utf8',
        env: {},
      })
      const [option, target = '', ...others] = words.trimEnd().split('\n')
      expect([option, decodeURIComponent(new URL(target).pathname), others]).toEqual(['-i', path, []])
    },
  )
})
