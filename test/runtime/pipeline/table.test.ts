import { describe, expect, test } from '@jest/globals'
import type { Step } from '../../../templates/runtime/exchange/exchange.ts'
import { column, commonRows, type StepName, table, type Way } from '../../../templates/runtime/pipeline/table.ts'

/** A distinct step for each row. */
const named = new Map<Step, StepName>(table.map(({ step }) => [() => undefined, step]))
const steps = Object.fromEntries([...named].map(([step, name]) => [name, step])) as Record<StepName, Step>

const namesOf = (way: Way) => column(way, steps).map((step) => named.get(step))

describe('the steps of each way', () => {
  test('request: authentication and authorisation come before a body is read or anything is sent', () => {
    expect(namesOf('request')).toEqual([
      'identify',
      'admit',
      'host',
      'match',
      'authenticate',
      'authorize',
      'reserve',
      'invite',
      'validate',
      'call',
      'shape',
      'answer',
    ])
  })

  test.each<[Way, readonly string[]]>([
    ['upgrade', ['identify', 'admit', 'host', 'upgrade']],
    ['preflight', ['identify', 'admit', 'host', 'preflight']],
    ['own', ['identify', 'admit', 'own']],
  ])('%s', (way, want) => {
    expect(namesOf(way)).toEqual(want)
  })

  test('each row has a unique name and belongs to a way', () => {
    expect(new Set(table.map(({ step }) => step)).size).toBe(table.length)
    expect(table.filter(({ ways }) => ways.size === 0)).toEqual([])
  })
})

test('the path is parsed before the way of a request is chosen', () => {
  expect(table.findIndex(({ step }) => step === 'admit')).toBeLessThan(commonRows)
})
