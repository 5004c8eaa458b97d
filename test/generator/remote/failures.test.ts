import { describe, expect, test } from '@jest/globals'
import {
  connectionFailure,
  isPrivate,
  isPrivateAddress,
  otherThanDocument,
  redirected,
  statusFailure,
} from '../../../generator/remote/failures.ts'

const remedyFor = (page: string, url: string): string | null | undefined =>
  otherThanDocument(page, 'text/html', new URL(url))?.remedy

describe('a web page', () => {
  test.each([
    ['<!DOCTYPE html><title>Sign in</title>', 'is a web page (“Sign in”), not a document'],
    ['\n<html lang="en">', 'is a web page, not a document'],
    ['<?xml version="1.0"?>', 'is an XML document'],
    ['  \n', 'was answered with an empty text'],
  ])('%j is not a document', (text, reason) => {
    expect(otherThanDocument(text, '', new URL('https://orders.example/'))).toMatchObject({ code: 'GW1403', reason })
  })

  test('is not what begins as YAML or JSON, whatever the type says', () => {
    const texts = ['openapi: 3.1.0', '{"openapi": "3.1.0"}', '# <html>\nopenapi: 3.1.0']
    expect(texts.map((text) => otherThanDocument(text, 'text/html', new URL('https://o.example')))).toEqual([
      null,
      null,
      null,
    ])
  })

  test.each([
    [
      'https://github.com/acme/shop/blob/main/a/openapi.yaml',
      'https://raw.githubusercontent.com/acme/shop/main/a/openapi.yaml',
    ],
    [
      'https://gitlab.example/acme/shop/-/blob/main/openapi.yaml',
      'https://gitlab.example/acme/shop/-/raw/main/openapi.yaml',
    ],
    ['https://bitbucket.org/acme/shop/src/main/openapi.yaml', 'https://bitbucket.org/acme/shop/raw/main/openapi.yaml'],
  ])('of a code host leads to the text itself: %s', (url, raw) => {
    expect(remedyFor('<html>', url)).toBe(`Name the text itself:\n    ${raw}`)
  })

  test.each([
    ['SwaggerUIBundle({ url: "/v3/api-docs" })', 'https://orders.example/v3/api-docs'],
    ["SwaggerUIBundle({ 'url': './openapi.json' })", 'https://orders.example/docs/openapi.json'],
    ['<redoc spec-url="https://specs.example/o.yaml">', 'https://specs.example/o.yaml'],
  ])('that shows a document names it: %s', (part, document) => {
    expect(remedyFor(`<html>${part}`, 'https://orders.example/docs/')).toBe(
      `The page shows this document:\n    ${document}`,
    )
  })

  test('names no document that is not of HTTP', () => {
    expect(remedyFor('<html>url: "javascript:alert(1)"', 'https://orders.example/docs')).toBeNull()
  })
})

describe('a redirect', () => {
  const to = (location: string, start: string, from = start): string => {
    const step = redirected(location, new URL(from), !isPrivate(new URL(start)), false)
    return step.kind === 'url' ? step.url.href : step.failure.reason
  }

  test('may lead to another public address', () => {
    expect(to('https://store.example/x?signature=1', 'https://specs.example/')).toBe(
      'https://store.example/x?signature=1',
    )
  })

  test('is not followed to an unencrypted address from an encrypted one (rule G5)', () => {
    expect(to('http://specs.example/x', 'https://specs.example/')).toBe(
      'redirects to the unencrypted address http://specs.example',
    )
  })

  test.each([
    '127.0.0.1',
    'localhost',
    'localhost.',
    'a.localhost.',
    '100.64.0.1',
    '[64:ff9b::10.0.0.1]',
    '[64:ff9b:1::1]',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.0.1',
    '[::1]',
    '[fd00::1]',
    '[::ffff:10.0.0.1]',
  ])('is not followed from a public address to %s (rule G5)', (host) => {
    expect(to(`http://${host}/x`, 'http://specs.example/')).toMatch(/^redirects to the private address /)
  })

  test.each(['127.0.0.1.example', '10.0.0.1.example', '[64:ff9b::1.1.1.1]', '100.128.0.1'])(
    'is followed from a public address to %s',
    (host) => {
      expect(to(`http://${host}/x`, 'http://specs.example/')).toBe(new URL(`http://${host}/x`).href)
    },
  )

  test('is followed to a private address from one that the user chose', () => {
    expect(to('http://10.0.0.2/x', 'http://localhost:8080/')).toBe('http://10.0.0.2/x')
  })
})

test.each([
  ['10.0.0.1', true],
  ['::ffff:10.0.0.1', true],
  ['64:ff9b::a00:1', true],
  ['fe80::1%eth0', true],
  ['2001:db8::1', false],
  ['1.1.1.1', false],
])('%s is a private address: %s', (address, want) => {
  expect(isPrivateAddress(address)).toBe(want)
})

describe('a status', () => {
  const url = new URL('https://orders.example/a.yaml')

  test.each([
    [401, 'GW1402', false],
    [403, 'GW1402', false],
    [407, 'GW1402', false],
    [404, 'GW1401', true],
    [410, 'GW1401', true],
    [500, 'GW1401', false],
  ] as const)('%d is %s', (status, code, isMissing) => {
    expect(statusFailure(status, url, [])).toMatchObject({ code, isMissing })
  })

  test('asks for another value if a credential was sent', () => {
    expect(statusFailure(403, url, ['Authorization']).remedy).toMatch(/^Check the value that is sent as Authorization/)
  })
})

describe('an error of the connection is said in words', () => {
  test.each([
    [{ code: 'ENOTFOUND' }, 'cannot be reached: its host is not known'],
    [{ code: 'ECONNREFUSED' }, 'cannot be reached: the connection is refused'],
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'cannot be reached securely (SELF_SIGNED_CERT_IN_CHAIN)'],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'was not answered within 30 s'],
    [{ code: 'EPROTO' }, 'cannot be downloaded (EPROTO)'],
    [new Error('other'), 'cannot be downloaded'],
  ])('%j', (error, reason) => {
    expect(connectionFailure(error, 30_000).reason).toBe(reason)
  })
})
