import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { fingerprintOf, ownFingerprint } from '../../../generator/memory/own.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatewright-'))
  for (const name of files) put(name, 'one')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const files = ['gateway.schema.json', 'package.json', 'generator/run.js', 'templates/gateway/routes.ts.hbs']
const fingerprint = (): string => fingerprintOf(join(root, 'generator'), root)

function put(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

test.each(files)('is another after a change of %s', (name) => {
  const before = fingerprint()
  expect(fingerprint()).toBe(before)
  put(name, 'three')
  expect(fingerprint()).not.toBe(before)
})

test.each(['gateway.schema.json', 'package.json'])('covers the contents of %s, of any size and time', (name) => {
  const { atime, mtime } = statSync(join(root, name))
  const before = fingerprint()
  utimesSync(join(root, name), new Date(0), new Date(0))
  expect(fingerprint()).toBe(before)
  put(name, 'two')
  utimesSync(join(root, name), atime, mtime)
  expect(fingerprint()).not.toBe(before)
})

test('that of this installation stays the same', () => {
  expect(ownFingerprint()).toBe(ownFingerprint())
})
