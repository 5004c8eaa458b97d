import { expect, test } from '@jest/globals'
import { streamKindOf } from '../../../templates/runtime/words/streamKinds.ts'

test.each([
  ['text/event-stream', 'events'],
  ['Text/Event-Stream; charset=utf-8', 'events'],
  ['application/x-ndjson', 'lines'],
  ['application/jsonl;charset=utf-8', 'lines'],
  ['application/json-seq', 'lines'],
  ['application/geo+json-seq', 'lines'],
  ['application/stream+json', 'lines'],
  ['application/x-jsonl', 'lines'],
  ['text/x-ndjson', 'lines'],
  ['application/x-json-stream', 'lines'],
  ['application/json', null],
  ['text/event-stream-like', null],
  ['application/jsonlike', null],
  ['', null],
  [undefined, null],
])('%p is %p', (type, kind) => {
  expect(streamKindOf(type)).toBe(kind)
})
