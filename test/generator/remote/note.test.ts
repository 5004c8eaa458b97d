import { describe, expect, test } from '@jest/globals'
import { idOfNote, isOtherJson, type Note, printNote, readNote } from '../../../generator/remote/note.ts'

const file = { url: 'https://orders.example/a.yaml', sha256: 'a'.repeat(64), etag: null }
const note: Note = {
  url: 'https://orders.example/a.yaml',
  headers: { Accept: 'text/yaml' },
  origins: ['https://schemas.example'],
  document: 'orders.yaml',
  files: { 'orders.yaml': file, 'a/b.yaml': { ...file, etag: '"1"' } },
}
const changed = (more: object): string => JSON.stringify({ ...JSON.parse(printNote(note)), ...more })

describe('a note', () => {
  test('is read as it was written', () => {
    expect(readNote(printNote(note))).toEqual(note)
  })

  test('has its files in order, each fact in a line', () => {
    expect(printNote({ ...note, files: { z: file, b: file } }).match(/^ {4}"(?:z|b)"/gm)).toEqual([
      '    "b"',
      '    "z"',
    ])
  })

  test.each([
    ['a conflict', `<<<<<<<\n${printNote(note)}`],
    ['a list', '[]'],
    ['a file outside', changed({ files: { '../x.yaml': file }, document: '../x.yaml' })],
    ['no such document', changed({ document: 'other.yaml' })],
    ['a hash of another kind', changed({ files: { 'orders.yaml': { ...file, sha256: 'x' } } })],
    ['headers that are not texts', changed({ headers: { Accept: 1 } })],
  ])('is not valid with %s', (_, text) => {
    expect(readNote(text)).toBeNull()
  })

  test.each([
    ['a note', printNote(note), false],
    ['a conflict', `<<<<<<<\n${printNote(note)}`, false],
    ['a note with a wrong hash', changed({ files: { 'orders.yaml': { ...file, sha256: 'x' } } }), false],
    ['another object', '{"source": "a.ts", "files": {}}', true],
    ['a list', '[]', true],
  ])('is told from other JSON: %s', (_, text, want) => {
    expect(isOtherJson(text)).toBe(want)
  })

  test.each([
    ['orders.source.json', 'orders'],
    ['orders.v2.source.json', 'orders.v2'],
    ['.source.json', null],
    ['orders.json', null],
  ])('is known by its name: %s', (name, id) => {
    expect(idOfNote(name)).toBe(id)
  })
})
