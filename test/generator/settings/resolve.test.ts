import { describe, expect, test } from '@jest/globals'
import { defaultOf, namesAt, readSettings, resolve, wholeAt } from '../../../generator/settings/resolve.ts'
import { section } from '../../../generator/settings/values.ts'
import type { JsonObject } from '../../../generator/support/index.ts'

const at = (pointer: string, value: JsonObject = {}) => section(value, { file: 'gateway.yaml', pointer })
const selector = (value: JsonObject = {}) => readSettings('selector', at('/entry', value))
const client = (value: JsonObject = {}) => readSettings('client', at('/client', value))
const service = (value: JsonObject = {}) => readSettings('service', at('/service', value))
const silent = { selector: selector(), client: client(), service: service() }

describe('a setting is resolved to', () => {
  test('the value of the entry, before that of the service', () => {
    const sources = { ...silent, selector: selector({ timeout: '1s' }), service: service({ timeout: '2s' }) }
    expect(resolve('selector', sources).timeout).toEqual({
      value: 1_000,
      from: { file: 'gateway.yaml', pointer: '/entry/timeout' },
      level: 'selector',
    })
  })

  test('the value of the service, if no entry sets it', () => {
    expect(resolve('selector', { ...silent, service: service({ timeout: '2s' }) }).timeout).toEqual({
      value: 2_000,
      from: { file: 'gateway.yaml', pointer: '/service/timeout' },
      level: 'service',
    })
  })

  test('its default, if it is not set', () => {
    expect(resolve('selector', silent).timeout).toEqual({ value: 15_000, from: 'default', level: null })
  })

  test('the written value, even if it equals the default', () => {
    const { undeclaredQuery } = resolve('selector', { ...silent, client: client({ undeclaredQuery: 'drop' }) })
    expect(undeclaredQuery).toMatchObject({ value: 'drop', level: 'client' })
  })

  test('its default, if it is set at a level that does not allow it', () => {
    const { undeclaredQuery } = resolve('selector', { ...silent, service: service({ undeclaredQuery: 'refuse' }) })
    expect(undeclaredQuery.from).toBe('default')
  })
})

describe('a setting of three levels, with another default for external clients', () => {
  const external = client({ audience: 'external' })
  const valueFor = (sources: Partial<typeof silent>) => {
    const { value, level } = resolve('selector', { ...silent, ...sources }).undeclaredBody
    return [value, level]
  }

  test('the default', () => {
    expect(valueFor({})).toEqual(['pass', null])
    expect(valueFor({ client: external })).toEqual(['refuse', null])
  })

  test('the client counts before the service, and the entry before both', () => {
    const sources = { service: service({ undeclaredBody: 'pass' }), client: client({ undeclaredBody: 'drop' }) }
    expect(valueFor({ service: sources.service, client: external })).toEqual(['pass', 'service'])
    expect(valueFor(sources)).toEqual(['drop', 'client'])
    expect(valueFor({ ...sources, selector: selector({ undeclaredBody: 'refuse' }) })).toEqual(['refuse', 'selector'])
  })

  test('a service’s own value depends on its client', () => {
    expect(resolve('service', { service: service() }).undeclaredBody.value).toBe('pass')
    expect(resolve('service', { service: service(), client: external }).undeclaredBody.value).toBe('refuse')
    expect(resolve('service', { service: service({ timeout: '2s' }), client: external }).timeout.value).toBe(2_000)
  })
})

test('a setting within a section has the place of its member', () => {
  const { 'cors.maxAge': maxAge } = resolve('client', { client: client({ cors: { maxAge: '5m' } }) })
  expect(maxAge).toMatchObject({ value: 300, from: { pointer: '/client/cors/maxAge' } })
})

test('an invalid value counts as not set', () => {
  expect(selector({ timeout: 'soon', answers: 'maybe', maxBody: 5, path: null })).toMatchObject({
    timeout: null,
    answers: null,
    maxBody: null,
    path: null,
  })
})

test('a size for bodies applies to all of them; the default differs for files', () => {
  expect(selector({ maxBody: '2MB' }).maxBody?.value).toEqual({ plain: 2_000_000, files: 2_000_000 })
  expect(defaultOf('maxBody')).toEqual({ plain: 1_048_576, files: 10_485_760 })
})

test('every default is valid', () => {
  for (const level of ['service', 'client', 'selector'] as const) {
    expect(() => namesAt(level).map(defaultOf)).not.toThrow()
  }
})

test('members of access, bind, own, parameters and open are overridden one by one, and are not resolved as a whole', () => {
  expect(namesAt('selector').filter((name) => !wholeAt('selector').some((one) => one === name))).toEqual([
    'access',
    'bind',
    'own',
    'parameters',
    'open',
  ])
})
