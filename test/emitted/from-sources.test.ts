import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { projectRoot } from '../support/sampleSystem.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatewright-'))

/** The words of the script `dev` of the emitted package.json. */
function script(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { dev: string } }
  return scripts.dev.split(' ')
}

beforeAll(() => {
  cpSync(join(projectRoot, 'generated/web'), folder, {
    recursive: true,
    filter: (path) => !/(dist|node_modules)$/.test(path),
  })
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const names = ['ERP_PASSWORD', 'ERP_USER', 'ORDERS_CLIENT_ID', 'ORDERS_CLIENT_SECRET', 'PAYMENTS_KEY']
  const variables = {
    ...Object.fromEntries(names.map((name) => [name, 'x'])),
    GATEWAY_ISSUER: 'https://gateway.example',
    GATEWAY_IDENTITY_KEY: privateKey,
    HOST: '127.0.0.1',
    PORT: '0',
  }
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`)
  writeFileSync(join(folder, '.env'), lines.join(''))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The port of the log line `listening`. Rejects with the errors of a process that ends before. */
function portOf({ stdout, stderr }: ChildProcess, ended: Promise<unknown>): Promise<number> {
  const complaints: string[] = []
  return new Promise((resolve, reject) => {
    if (stdout === null || stderr === null) throw new Error('The process has no streams.')
    createInterface({ input: stderr }).on('line', (line) => complaints.push(line))
    createInterface({ input: stdout }).on('line', (line) => {
      const { msg, port } = JSON.parse(line) as { msg?: unknown; port?: unknown }
      if (msg === 'listening' && typeof port === 'number') resolve(port)
    })
    ended.then(() => reject(new Error(complaints.join('\n'))))
  })
}

describe('the script `dev` of an emitted gateway', () => {
  test('runs src/main.ts', () => {
    expect([script()[0], script().at(-1)]).toEqual(['node', 'src/main.ts'])
  })

  // Node.js 20 does not run TypeScript.
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    test('answers with the variables of .env, without a build and without a warning', async () => {
      const { PATH = '' } = process.env
      const child = spawn(process.execPath, script().slice(1), { cwd: folder, env: { PATH } })
      const warnings: string[] = []
      child.stderr.on('data', (text) => warnings.push(String(text)))
      const ended = new Promise((resolve) => child.once('exit', resolve))
      try {
        const port = await portOf(child, ended)
        expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200)
        expect((await fetch(`http://127.0.0.1:${port}/me/profile`)).status).toBe(401)
        expect(warnings).toEqual([])
      } finally {
        child.kill('SIGKILL')
        await ended
      }
    })
  }
})
