import { expect, test } from '@jest/globals'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { OpenStreams } from '../../../templates/runtime/http/openStreams.ts'

const by = (subject: string) =>
  ({ principal: { issuer: 'idp', subject }, address: '192.0.2.1', streams: null }) as unknown as Exchange

test('open streams are counted by caller (rule F29)', () => {
  const open = new OpenStreams(2)
  const [first, second, third, other] = [by('ada'), by('ada'), by('ada'), by('bob')]
  expect([first, second, third, other].map((one) => open.claim(one))).toEqual([true, true, false, true])
  expect([first.streams, third.streams]).toEqual([open, null])
  open.release(first)
  expect([first.streams, open.claim(third), open.claim(by('ada'))]).toEqual([null, true, false])
  open.release(second)
  open.release(third)
  expect([by('ada'), by('ada'), by('ada')].map((one) => open.claim(one))).toEqual([true, true, false])
})
