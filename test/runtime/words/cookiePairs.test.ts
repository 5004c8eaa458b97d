import { expect, test } from '@jest/globals'
import { cookieName, cookiePairs, ownCookies } from '../../../templates/runtime/words/cookiePairs.ts'

test.each([
  ['a=1; b=2', ['a', 'b']],
  ['a=1;b=2; ', ['a', 'b']],
  ['a=b=c', ['a']],
  ['sid=${KEY}', ['sid']],
  ['alone', ['alone']],
  ['', []],
])('the names in %j', (field, names) => {
  expect(cookiePairs(field).map(cookieName)).toEqual(names)
})

test.each([
  ['theme=dark', 'sid=1; theme=dark'],
  ['sid=2; theme=dark', 'sid=1; theme=dark'],
  ['SID=2', 'sid=1'],
  ['ſid=2', 'sid=1'],
  ['my-sid=2', 'sid=1; my-sid=2'],
  ['theme="dark', 'sid=1; theme="dark'],
])('the cookies %j of a client beside a credential (rule P13)', (clients, want) => {
  expect(ownCookies('sid=1')(clients)).toBe(want)
})
