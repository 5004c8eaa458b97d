import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { readTls } from '../../../templates/runtime/upstream/tls.ts'
import type { MutualTls } from '../../../templates/runtime/vocabulary.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { some } from '../../support/gatewayParts.ts'
import { reference } from '../../support/identity.ts'

let folder: string
const mine = makeCertificate('shop')
const other = makeCertificate('other')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'))
  for (const [name, text] of Object.entries({
    'cert.pem': mine.cert,
    'key.pem': mine.key,
    'other.pem': other.key,
    'ca.pem': other.cert,
    'text.pem': 'not PEM',
  })) {
    writeFileSync(join(folder, name), text)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(tls: MutualTls | null) {
  const service = some.service([], { tls })
  const environment = createEnvironment({ FOLDER: folder })
  return { certificate: readTls('orders', service, environment), problems: environment.problems }
}

const at = (name: string) => `${reference('FOLDER')}/${name}`
const files = (cert: string, key: string, ca: string | null = null): MutualTls => ({
  cert: at(cert),
  key: at(key),
  ca: ca === null ? null : at(ca),
})

describe('the client certificate of a service', () => {
  test('is read from its files, in the form of node:tls', () => {
    const { certificate, problems } = read(files('cert.pem', 'key.pem', 'ca.pem'))
    expect(problems).toEqual([])
    expect(certificate?.cert.toString()).toBe(mine.cert)
    expect(certificate?.ca?.toString()).toBe(other.cert)
    expect(() => createSecureContext({ ...certificate })).not.toThrow()
  })

  test('without its own authority uses the built-in ones', () => {
    expect(read(files('cert.pem', 'key.pem')).certificate).not.toHaveProperty('ca')
  })

  test('is null if a service has none', () => {
    expect(read(null)).toEqual({ certificate: null, problems: [] })
  })

  const notPem = 'service orders: the client certificate, its key or the certificate authority is not PEM'
  test.each([
    [
      'a file that is not there',
      files('nowhere.pem', 'key.pem'),
      `service orders: the client certificate (${at('nowhere.pem')}) cannot be read`,
    ],
    ['a certificate that is none', files('text.pem', 'key.pem'), notPem],
    ['an authority that is none', files('cert.pem', 'key.pem', 'text.pem'), notPem],
    [
      'the key of another certificate',
      files('cert.pem', 'other.pem'),
      'service orders: the key is not that of the client certificate',
    ],
  ])('with %s is refused at start', (_name, tls, want) => {
    expect(read(tls)).toEqual({ certificate: null, problems: [want] })
  })
})
