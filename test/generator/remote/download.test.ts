import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createDownloader, type Download, type Downloader } from '../../../generator/remote/download.ts'
import { downloadLimits } from '../../../generator/remote/limits.ts'
import type { LookUp } from '../../../generator/remote/lookups.ts'
import { type DocumentServer, documentServer } from '../../support/documentServer.ts'

const document = 'openapi: 3.1.0\n'
let server: DocumentServer
let other: DocumentServer
let downloader: Downloader
beforeEach(async () => {
  server = await documentServer({ '/a.yaml': document })
  other = await documentServer({ '/b.yaml': document })
  downloader = createDownloader({}, { ...downloadLimits, fileBytes: 1_000, fileTime: 5_000 })
})
afterEach(async () => {
  downloader.close()
  await Promise.all([server.close(), other.close()])
})

const get = (path: string, more: Partial<Parameters<Downloader['get']>[0]> = {}): Promise<Download> =>
  downloader.get({ url: server.origin + path, headers: {}, etag: null, ...more })
const outcome = (download: Download): readonly unknown[] =>
  download.kind === 'failed' ? [download.failure.code, download.failure.reason] : [download.kind]
const redirectTo = (location: string, status = 302): void => {
  server.files['/old'] = (_, response) => response.writeHead(status, { location }).end()
}

describe('a download', () => {
  test('has the text, the ETag and the URL after redirects', async () => {
    redirectTo('/a.yaml')
    expect(await get('/old')).toMatchObject({ kind: 'text', url: `${server.origin}/a.yaml`, text: document })
  })

  test('is unchanged if the server says so about the ETag', async () => {
    const first = await get('/a.yaml')
    const etag = first.kind === 'text' ? first.etag : null
    expect([etag === null, outcome(await get('/a.yaml', { etag }))]).toEqual([false, ['unchanged']])
  })

  test('is decompressed', async () => {
    server.files['/z'] = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(document))
    expect(await get('/z')).toMatchObject({ kind: 'text', text: document })
  })

  test('drops a byte order mark', async () => {
    server.files['/bom'] = `\ufeff${document}`
    expect(await get('/bom')).toMatchObject({ text: document })
  })

  test.each(['http://', ''])('goes through the proxy that the environment names, after %j', async (scheme) => {
    server.files['http://specs.invalid/a.yaml'] = document
    const env = { HTTP_PROXY: scheme + new URL(server.origin).host }
    const proxied = createDownloader(env, { ...downloadLimits, fileTime: 5_000 })
    const found = await proxied.get({ url: 'http://specs.invalid/a.yaml', headers: {}, etag: null })
    proxied.close()
    expect([found.kind, server.requests[0]?.url]).toEqual(['text', 'http://specs.invalid/a.yaml'])
  })
})

describe('header fields of the user', () => {
  const headers = { Authorization: 'Bearer secret' }

  test('are sent to the origin of the URL', async () => {
    await get('/a.yaml', { headers })
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret')
  })

  test('are not sent to the origin of a redirect (rule G5)', async () => {
    redirectTo(`${other.origin}/b.yaml`)
    const download = await get('/old', { headers })
    expect([download.kind, other.requests[0]?.headers.authorization]).toEqual(['text', undefined])
  })
})

describe('a download is refused (rule G5)', () => {
  test('beyond the limit of bytes', async () => {
    server.files['/big'] = 'x'.repeat(1_001)
    expect(outcome(await get('/big'))).toEqual(['GW1404', 'has more than the 0.001 MB that are read'])
  })

  test('beyond the limit of bytes after decompression', async () => {
    const bomb = gzipSync('x'.repeat(100_000))
    expect(bomb.length).toBeLessThan(1_000)
    server.files['/big'] = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    expect(outcome(await get('/big'))[0]).toBe('GW1404')
  })

  test('after five redirects', async () => {
    redirectTo('/old')
    expect(outcome(await get('/old'))).toEqual(['GW1401', 'redirects too many times'])
    expect(server.requests).toHaveLength(6)
  })

  test.each([301, 302, 303, 307, 308])('for a redirect with %d to something else than HTTP', async (status) => {
    redirectTo('file:///etc/passwd', status)
    expect(outcome(await get('/old'))).toEqual(['GW1401', 'redirects to something else than an HTTP address'])
  })

  test('if no answer comes in time', async () => {
    server.files['/slow'] = () => undefined
    const hasty = createDownloader({}, { ...downloadLimits, fileTime: 100 })
    const download = await hasty.get({ url: `${server.origin}/slow`, headers: {}, etag: null })
    hasty.close()
    expect(outcome(download)).toEqual(['GW1401', 'was not answered within 0.1 s'])
  })

  test('if the body does not end in time', async () => {
    server.files['/slow'] = (_, response) => response.writeHead(200).write('openapi:')
    const hasty = createDownloader({}, { ...downloadLimits, fileTime: 200 })
    const download = await hasty.get({ url: `${server.origin}/slow`, headers: {}, etag: null })
    hasty.close()
    expect(outcome(download)).toEqual(['GW1401', 'was not answered within 0.2 s'])
  })

  test('if the connection breaks', async () => {
    server.files['/broken'] = (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('openapi:', () => response.destroy())
    }
    expect(outcome(await get('/broken'))).toEqual(['GW1401', 'was not answered in full: the connection was closed'])
  })

  test('if it is not what its encoding says', async () => {
    server.files['/z'] = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')
    expect(outcome(await get('/z'))).toEqual(['GW1401', 'cannot be decompressed'])
  })

  test('if it is not UTF-8', async () => {
    server.files['/latin'] = (_, response) => response.end(Buffer.from([0x61, 0xe9, 0x62]))
    expect(outcome(await get('/latin'))).toEqual(['GW1403', 'is not text in UTF-8'])
  })
})

describe('a name of a redirect', () => {
  const lookUp: LookUp = (_name, _options, callback) => {
    callback(null, [{ address: '127.0.0.1', family: 4 }])
  }
  const from = async (start: string, env: Record<string, string>, target: string): Promise<readonly unknown[]> => {
    const found = createDownloader(env, { ...downloadLimits, fileTime: 5_000 }, lookUp)
    server.files[start] = (_, response) => response.writeHead(302, { location: target }).end()
    server.files[new URL(start).pathname] = server.files[start]
    const result = await found.get({ url: start, headers: {}, etag: null })
    found.close()
    return outcome(result)
  }
  const portOf = ({ origin }: DocumentServer): string => new URL(origin).port

  test('is not followed from a public address if it resolves to a private one (rule G5)', async () => {
    const env = { HTTP_PROXY: server.origin, NO_PROXY: 'inner.example' }
    const target = `http://inner.example:${portOf(other)}/b.yaml`
    expect(await from('http://specs.example/a', env, target)).toEqual([
      'GW1401',
      'redirects to the private address of inner.example',
    ])
    expect(other.requests).toEqual([])
  })

  test('is followed if the name that the user chose resolves to a private address as well', async () => {
    const target = `http://inner.example:${portOf(other)}/b.yaml`
    expect(await from(`http://chosen.example:${portOf(server)}/a`, {}, target)).toEqual(['text'])
  })
})
