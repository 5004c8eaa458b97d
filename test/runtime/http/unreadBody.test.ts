import type { IncomingMessage } from 'node:http'
import { expect, test } from '@jest/globals'
import { isUnfinished } from '../../../templates/runtime/http/unreadBody.ts'

test.each<[boolean, IncomingMessage['headers'], boolean]>([
  [false, {}, false],
  [false, { 'content-length': '0' }, false],
  [false, { 'content-length': '5' }, true],
  [false, { 'transfer-encoding': 'chunked' }, true],
  [true, { 'content-length': '5' }, false],
])('complete %s, fields %p: unfinished %s (rule F28)', (complete, headers, unfinished) => {
  expect(isUnfinished({ complete, headers } as IncomingMessage)).toBe(unfinished)
})
