import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { request } from 'undici'
import { projectRoot } from '../../support/sampleSystem.ts'

interface Announcement {
  readonly issuer: string
  readonly gateways: readonly {
    readonly client: string
    readonly url: string
    readonly calls: readonly { readonly status: number; readonly command: string }[]
  }[]
}

/** The built command line on a copy of the sample, as a separate process. */
describe('dev', () => {
  let folder: string
  let child: ChildProcess
  let progress: Interface
  let announcement: Announcement
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatewright-dev-'))
    cpSync(join(projectRoot, 'specs'), folder, { recursive: true })
    const cli = join(projectRoot, 'dist/generator/cli.js')
    child = spawn(
      process.execPath,
      [cli, 'dev', '--port', '0', '--json', '--client', 'partner', '--client', 'mobile'],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'] },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    if (child.stdout === null || child.stderr === null) throw new Error('no streams')
    progress = createInterface({ input: child.stderr })
    let text = ''
    for await (const chunk of child.stdout) {
      text += String(chunk)
      if (text.trimEnd().endsWith('\n}')) break
    }
    announcement = JSON.parse(text) as Announcement
  }, 120_000)
  afterAll(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  test('runs the requested gateways', () => {
    expect(announcement.gateways.map(({ client }) => client)).toEqual(['mobile', 'partner'])
  })

  test('prints calls with the printed status', async () => {
    const outcomes = await Promise.all(
      announcement.gateways.flatMap(({ calls }) =>
        calls.map(async ({ status, command }) => {
          const [, url = ''] = /'([^']*)'$/.exec(command) ?? []
          const [, name, value] = /-H "([^:]*): ([^"]*)"/.exec(command) ?? []
          const answer = await request(url, { headers: name === undefined ? {} : { [name]: value ?? '' } })
          await answer.body.dump()
          return { command, told: status, got: answer.statusCode }
        }),
      ),
    )
    expect(outcomes.length).toBeGreaterThanOrEqual(8)
    expect(outcomes.filter(({ told, got }) => told !== got)).toEqual([])
    expect([...new Set(outcomes.map(({ told }) => told))].sort()).toEqual([200, 400, 401, 403])
  })

  test('restarts only gateways that a change of the manifest affects', async () => {
    const manifest = join(folder, 'gateway.yaml')
    const told = lineMatching(progress, /restarted|no gateway changed/)
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace(/audience: shop-mobile/, 'audience: shop-phone'))
    expect(await told).toContain('restarted: mobile')
  }, 60_000)

  test('reports an invalid change, and continues', async () => {
    const manifest = join(folder, 'gateway.yaml')
    const told = lineMatching(progress, /continue unchanged/)
    writeFileSync(manifest, `${readFileSync(manifest, 'utf8')}\nclientz: {}\n`)
    expect(await told).toContain('The gateways continue unchanged.')
    const [mobile] = announcement.gateways
    expect((await request(`${mobile?.url}/health/live`)).statusCode).toBe(200)
  }, 60_000)

  test('ends with 0 when it is interrupted', async () => {
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  }, 60_000)
})

function lineMatching(lines: Interface, pattern: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const look = (line: string): void => {
      if (!pattern.test(line)) return
      lines.off('line', look)
      resolve(line)
    }
    lines.on('line', look)
  })
}
