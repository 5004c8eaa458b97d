import { describe, expect, test } from '@jest/globals'
import { createProjection } from '../../../templates/runtime/answers/projection.ts'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

const caller = { gone: false }
const contract = compileSchemas({ operations: {}, schemas: {}, linear: [] })
const costly: Schema = {
  type: 'array',
  items: { allOf: Array.from({ length: 500 }, (_, at) => ({ maxLength: at + 1 })) },
}

describe('an answer that takes more steps than the budget of answers has (rule P15)', () => {
  const answer = Buffer.from(`[${'"a",'.repeat(30_000)}"a"]`)

  test.each(['report', 'enforce'] as const)('is withheld and said to drift, with answers: %s', async (check) => {
    const projection = createProjection(costly, contract, check, true)
    const faults = [{ pointer: '', detail: 'takes too long to check' }]
    expect(await projection.write(answer, caller)).toEqual({ faults, output: null })
    expect(projection.read(answer)).toEqual({ faults, value: undefined, exact: false })
  })

  test('is not checked at all with answers: off', async () => {
    const { faults } = await createProjection(costly, contract, 'off', false).write(answer, caller)
    expect(faults).toEqual([])
  })

  test('is one of more steps than a request may take', async () => {
    const projection = createProjection(costly, contract, 'report', true)
    const large = Buffer.from(`[${'"a",'.repeat(10_000)}"a"]`)
    expect(() => contract.checker(costly, 'request').fits(JSON.parse(String(large)))).toThrow('takes too long to check')
    expect((await projection.write(large, caller)).faults).toEqual([])
  })
})

describe('a long answer (rule F30)', () => {
  const items: Schema = { type: 'array', items: { type: 'object', properties: { a: { type: 'number' } } } }
  const projection = createProjection(items, contract, 'report', true)
  const long = (item: string) => Buffer.from(`[${Array.from({ length: 40_000 }, () => item).join()}]`)
  const sample = long('{"a":1,"b":"é"}')

  /** The number of turns of the event loop until the promise is settled. */
  const turnsOf = async (written: unknown): Promise<number> => {
    let turns = 0
    let over = false
    const count = () => {
      turns += 1
      if (!over) setImmediate(count)
    }
    count()
    await written
    over = true
    return turns
  }

  test('is written in several turns of the event loop', async () => {
    const written = projection.write(sample, caller)
    expect(written).toBeInstanceOf(Promise)
    expect(await turnsOf(written)).toBeGreaterThan(8)
    const { faults, output } = await written
    expect([faults, String(output) === String(long('{"a":1}'))]).toEqual([[], true])
  })

  test('shares its turns with other long answers', async () => {
    const alone = await turnsOf(projection.write(sample, caller))
    const three = [1, 2, 3].map(() => projection.write(sample, caller))
    expect(await turnsOf(Promise.all(three))).toBeGreaterThan(2 * alone)
  })

  test('is read by the parser in several turns where it does not fit', async () => {
    const written = projection.write(long('{"a":"x","b":1}'), caller)
    expect(await turnsOf(written)).toBeGreaterThan(3)
    const { faults, output } = await written
    expect(faults).toHaveLength(10)
    expect(String(output) === String(long('{}'))).toBe(true)
  })

  test('is not written to its end when the client has disconnected', async () => {
    const leaving = { gone: false }
    const written = projection.write(sample, leaving)
    leaving.gone = true
    expect(await turnsOf(written)).toBeLessThan(4)
    expect(await written).toEqual({ faults: [], output: null })
  })

  test('fails as a whole where a later piece throws, and the steps of other work are not taken from it', async () => {
    const broken = () => {
      throw new Error('broken')
    }
    const failing = createProjection(items, { ...contract, scanner: () => () => broken }, 'report', true)
    await expect(failing.write(sample, caller)).rejects.toThrow('broken')
    expect((await projection.write(sample, caller)).faults).toEqual([])
  })

  test('that is short enough is written at once', () => {
    expect(projection.write(Buffer.from('[{"b":1,"a":2}]'), caller)).toEqual({ faults: [], output: '[{"a":2}]' })
  })
})
