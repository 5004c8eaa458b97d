import { describe, expect, test } from '@jest/globals'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'

// A `Cache-Control` that the gateway did not understand disappeared from answers of public routes, and `Expires`, `Pragma` and `Age`
// always did. Last-Modified stayed, so caches could guess how long to store an answer that must not be stored.

const modified = 'Sun, 06 Nov 1994 08:49:37 GMT'
const future = 'Wed, 21 Oct 2037 07:28:00 GMT'

async function ask(fields: readonly string[], method = 'GET') {
  const between = await startBetween(
    () =>
      answerText(
        200,
        ['Content-Type: text/csv', `Last-Modified: ${modified}`, ...fields],
        method === 'HEAD' ? '' : 'a',
      ),
    { operations: { 'GET /orders': some.operation() } },
  )
  const answer = await between.ask(`${method} /orders HTTP/1.1`)
  await between.close()
  const of = (name: string) => answer.fields.filter(([each]) => each === name).map(([, value]) => value)
  return { control: of('cache-control'), expires: of('expires'), age: of('age'), modified: of('last-modified') }
}

describe.each(['GET', 'HEAD'])('%s of a public route (rule C3)', (method) => {
  test.each<[string[], string[], string[]]>([
    [['Cache-Control: no-cache; no-store'], ['no-store'], []],
    [['Cache-Control: private; max-age=0'], ['no-store'], []],
    [['Cache-Control: no-store, ext=a.b'], ['no-store, ext=a.b'], []],
    [['Cache-Control: no-store, ext="a, b"'], ['no-store, ext="a, b"'], []],
    [['Cache-Control: no-store', 'Cache-Control: ext=(x)'], ['no-store'], []],
    [['Expires: 0'], ['no-cache'], []],
    [[`Expires: ${modified}`], ['no-cache'], []],
    [[`Expires: ${future}`], [], [future]],
    [['Pragma: no-cache'], ['no-cache'], []],
    [['Cache-Control: max-age=60', 'Pragma: no-cache', 'Expires: 0'], ['max-age=60'], []],
    [['Cache-Control: public', 'Expires: 0'], ['public'], ['0']],
  ])('%j: Cache-Control %j, Expires %j', async (fields, control, expires) => {
    expect(await ask(fields, method)).toEqual({ control, expires, age: [], modified: [modified] })
  })

  test('Age passes', async () => {
    expect(await ask(['Cache-Control: max-age=60', 'Age: 50'], method)).toMatchObject({
      control: ['max-age=60'],
      age: ['50'],
    })
  })
})
