import { describe, expect, test } from '@jest/globals'
import { ConfigurationError, createSettings } from '../../templates/runtime/settings.ts'

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
    const settings = createSettings({ NAME: 'value', EMPTY: '' })
    expect(settings.text(setting)).toBe(want)
    expect(settings.missing).toEqual([])
  })

  test('a value is not read as a setting again', () => {
    expect(createSettings({ NAME: '${OTHER}' }).text('${NAME}')).toBe('${OTHER}')
  })

  test('every missing variable is named, once, in order', () => {
    const settings = createSettings({ EMPTY: '' })
    settings.text('${ZULU} ${ALPHA}')
    settings.url('${ZULU}', 'the url')
    settings.list(['${EMPTY}'])
    expect(settings.missing).toEqual(['ALPHA', 'EMPTY', 'ZULU'])
    expect(settings.problems).toEqual([])
  })
})

test('a list takes settings that hold several values or none', () => {
  const settings = createSettings({ MANY: '10.0.0.0/8, ::1  192.0.2.1' })
  expect(settings.list(['${MANY}', '${NONE:-}', 'last'])).toEqual(['10.0.0.0/8', '::1', '192.0.2.1', 'last'])
})

describe('url (O3)', () => {
  test.each(['http://orders:8080', 'https://orders.example/base/', 'http://[::1]:80', 'http://127.0.0.1'])(
    '%s is taken',
    (value) => {
      const settings = createSettings({})
      expect(settings.url(value, 'the url')?.href).toBe(new URL(value).href)
      expect(settings.problems).toEqual([])
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
    const settings = createSettings({ URL: value, EMPTY: value })
    expect(settings.url(value === '' ? '${NONE:-}' : '${URL}', 'the url of service orders')).toBeNull()
    expect(settings.problems).toHaveLength(1)
    expect(settings.problems[0]).toMatch(/^the url of service orders \(\$\{(URL|NONE:-)\}\) /)
  })
})

test('the error says everything at once', () => {
  const error = new ConfigurationError(['A', 'B'], ['PORT must be a whole number'])
  expect(error.message).toBe(
    'The gateway cannot start:\n  - A is not set\n  - B is not set\n  - PORT must be a whole number',
  )
})
