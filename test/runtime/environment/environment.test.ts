import { describe, expect, test } from '@jest/globals'
import { ConfigurationError, createEnvironment } from '../../../templates/runtime/environment/environment.ts'

describe('text', () => {
  test.each([
    ['plain', 'plain'],
    ['${NAME}', 'value'],
    ['${NAME:-default}', 'value'],
    ['${OTHER:-default}', 'default'],
    ['${EMPTY:-default}', 'default'],
    ['${OTHER:-}', ''],
    ['http://${NAME}:${PORT:-80}/', 'http://value:80/'],
    ['$${NAME}', '${NAME}'],
    ['$NAME {NAME} $$', '$NAME {NAME} $$'],
    ['${NAME:-a:-b}', 'value'],
    ['${OTHER:-a:-b}', 'a:-b'],
  ])('%s is %s', (setting, want) => {
    const environment = createEnvironment({ NAME: 'value', EMPTY: '' })
    expect(environment.text(setting)).toBe(want)
    expect(environment.missing).toEqual([])
  })

  test('a value is not parsed as a setting again', () => {
    expect(createEnvironment({ NAME: '${OTHER}' }).text('${NAME}')).toBe('${OTHER}')
  })

  test('every missing variable is named, once, in order', () => {
    const environment = createEnvironment({ EMPTY: '' })
    environment.text('${ZULU} ${ALPHA}')
    environment.url('${ZULU}', 'the url')
    environment.list(['${EMPTY}'])
    expect(environment.missing).toEqual(['ALPHA', 'EMPTY', 'ZULU'])
    expect(environment.problems).toEqual([])
  })
})

test('a list contains variables with several values or none', () => {
  const environment = createEnvironment({ MANY: '10.0.0.0/8, ::1  192.0.2.1' })
  expect(environment.list(['${MANY}', '${NONE:-}', 'last'])).toEqual(['10.0.0.0/8', '::1', '192.0.2.1', 'last'])
})

describe('url (rule O3)', () => {
  test.each(['http://orders:8080', 'https://orders.example/base/', 'http://[::1]:80', 'http://127.0.0.1'])(
    '%s is accepted',
    (value) => {
      const environment = createEnvironment({})
      expect(environment.url(value, 'the url')?.href).toBe(new URL(value).href)
      expect(environment.problems).toEqual([])
    },
  )

  test.each([
    'orders:8080',
    '/orders',
    'ftp://orders',
    'file:///etc/passwd',
    'http://user@orders',
    'http://user:secret@orders',
    'http://@orders',
    'http://orders?',
    'http://orders?a=b',
    'http://orders#',
    'http://orders/#part',
    '',
  ])('%j is refused without repeating it', (value) => {
    const environment = createEnvironment({ URL: value, EMPTY: value })
    expect(environment.url(value === '' ? '${NONE:-}' : '${URL}', 'the url of service orders')).toBeNull()
    expect(environment.problems).toHaveLength(1)
    expect(environment.problems[0]).toMatch(/^the url of service orders \(\$\{(URL|NONE:-)\}\) /)
  })
})

test('the error lists all faults at once', () => {
  const error = new ConfigurationError(['A', 'B'], ['PORT must be a whole number'])
  expect(error.message).toBe(
    'The gateway cannot start:\n  - A is not set\n  - B is not set\n  - PORT must be a whole number',
  )
})
