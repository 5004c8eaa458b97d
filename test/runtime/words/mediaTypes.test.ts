import { expect, test } from '@jest/globals'
import {
  createContentType,
  isJson,
  mediaTypeOf,
  plainContentType,
} from '../../../templates/runtime/words/mediaTypes.ts'

test.each([
  ['application/json', 'application/json', 'application/json'],
  ['Application/JSON ; Charset=utf-8', 'application/json', 'application/json; charset=utf-8'],
  ['multipart/mixed; boundary="a b"', 'multipart/mixed', 'multipart/mixed; boundary="a b"'],
  ['text/csv;charset=iso-8859-1;header=present', 'text/csv', 'text/csv; charset=iso-8859-1'],
  ['application/vnd.shop+json; version=2', 'application/vnd.shop+json', 'application/vnd.shop+json; version=2'],
  ['text/html; charset="\x01"', 'text/html', 'text/html'],
  ['text/csv; header="; charset=utf-16"; version=2', 'text/csv', 'text/csv; version=2'],
  ['text/csv; header="\\"; charset=utf-16"', 'text/csv', 'text/csv'],
  ['text/csv; charset=utf-8; Charset=utf-16', 'text/csv', 'text/csv; charset=utf-8'],
  ['text/csv; charset="utf\\-8"; charset=utf-16', 'text/csv', 'text/csv'],
  ['text/csv;; ;version=2;', 'text/csv', 'text/csv; version=2'],
  ['text/csv; broken; charset=utf-16', 'text/csv', 'text/csv'],
  ['text/csv; broken="; charset=utf-16', 'text/csv', 'text/csv'],
  ["text/csv; charset*=utf-8''utf-16", 'text/csv', 'text/csv'],
  ['text', null, null],
  ['text/', null, null],
  ['text/a b', null, null],
  ['', null, null],
])('%j', (given, type, plain) => {
  expect(mediaTypeOf(given)).toBe(type)
  expect(plainContentType(given)).toBe(plain)
})

test('an invalid media type becomes application/octet-stream', () => {
  const contentType = createContentType()
  expect(contentType('a b')).toBe('application/octet-stream')
  expect(contentType('text/plain')).toBe('text/plain')
  expect(contentType('text/plain')).toBe('text/plain')
  expect(contentType(undefined)).toBe('application/octet-stream')
})

test.each([
  ['application/json', true],
  ['application/problem+json', true],
  ['text/json', true],
  ['application/jsonl', false],
  ['text/plain', false],
])('%s is JSON: %s', (type, want) => {
  expect(isJson(type)).toBe(want)
})
