import { afterEach, describe, expect, test } from '@jest/globals'
import { parseJson, TooMuchWork, work } from '../../../templates/runtime/json/index.ts'

describe('a budget of steps (rule P15)', () => {
  const begun: number[] = []
  const begin = (steps?: number): void => {
    work.begin(steps)
    begun.push(1)
  }
  const end = (): void => {
    if (begun.pop() !== undefined) work.end()
  }
  afterEach(() => {
    while (begun.length > 0) end()
  })

  test('ends the work that exceeds it', () => {
    begin(10)
    work.spend(10)
    expect(() => work.spend(1)).toThrow(TooMuchWork)
  })

  test('is shared with work within it', () => {
    begin(10)
    begin(1_000)
    work.spend(8)
    end()
    expect(() => work.spend(3)).toThrow(TooMuchWork)
  })

  test('is new for each piece of work', () => {
    for (let times = 0; times < 3; times += 1) {
      begin(10)
      work.spend(9)
      end()
    }
  })

  test('is three million for a request and fifteen million for an answer', () => {
    begin()
    work.spend(3_000_000)
    expect(() => work.spend(1)).toThrow(TooMuchWork)
    end()
    work.beginAnswer()
    begun.push(1)
    work.spend(15_000_000)
    expect(() => work.spend(1)).toThrow(TooMuchWork)
  })

  test('does not limit work outside of any', () => {
    for (let times = 0; times < 10; times += 1) work.spend(2 ** 29)
    begin(10)
    expect(() => work.spend(2 ** 40)).toThrow(TooMuchWork)
    end()
    work.spend(2 ** 40)
  })

  test.each(['[[],[],[]]', '{"a":{},"b":{}}', '[12345678901234567890]'])('is spent on parsing %s', (text) => {
    begin(10)
    expect(() => parseJson(Buffer.from(text))).toThrow(TooMuchWork)
    end()
    expect(parseJson(Buffer.from(text))).toMatchObject({ kind: 'json' })
  })
})
