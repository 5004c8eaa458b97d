import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { request } from 'undici'
import { type Page, startPage } from '../../../../generator/dev/page/index.ts'

describe('the server of the page', () => {
  let page: Page
  beforeAll(async () => {
    page = await startPage(0)
  })
  afterAll(() => page.close())

  const get = async (path: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') => {
    const answer = await request(`${page.url}${path}`, { method, headers })
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
  }

  test('listens on loopback only', () => {
    expect(new URL(page.url).hostname).toBe('127.0.0.1')
  })

  test('serves the page, with a policy that allows scripts and styles of its own only', async () => {
    const { status, headers, text } = await get('/')
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style=/)
  })

  test.each(['/app.js', '/style.css', '/icon.svg', '/callback'])('serves %s', async (path) => {
    expect((await get(path)).status).toBe(200)
  })

  test.each(['/package.json', '/../package.json', '/%2e%2e/runtime/index.ts', '/runtime/index.ts'])(
    'does not serve %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )

  test.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost.evil.example'])(
    'refuses the host %s',
    async (host) => {
      expect((await get('/', { host })).status).toBe(403)
    },
  )

  test('answers an address that is not valid with 400, and goes on', async () => {
    expect((await get('//')).status).toBe(400)
    expect((await get('//', { host: 'evil.example' })).status).toBe(403)
    expect((await get('/')).status).toBe(200)
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['the origin null', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a script of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses data to %s', async (_, headers) => {
    expect((await get('/api/overview', headers)).status).toBe(403)
    expect((await get('/api/log', headers)).status).toBe(403)
    expect((await get('/api/calls', headers, 'POST')).status).toBe(403)
  })

  test('answers its own scripts, also as localhost', async () => {
    const { port } = new URL(page.url)
    expect((await get('/api/overview', { origin: page.url })).status).toBe(503)
    const local = { host: `localhost:${port}`, origin: `http://localhost:${port}` }
    expect((await get('/api/overview', local)).status).toBe(503)
  })
})
