import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildGateway } from '../../generator/dev/build.ts'
import { type GatewayProcess, startGateway } from '../../generator/dev/gateway.ts'
import { type Diagnostic, run } from '../../generator/index.ts'
import { type ManifestFolder, manifestFolder } from '../support/manifestFolder.ts'
import { payloads } from '../support/payloads.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { projectRoot, send } from '../support/sampleSystem.ts'
import { benign, files, hostile } from './documents.ts'
import { directives, invisible, jsonShape, markup, syntaxTree } from './structure.ts'

/**
 * The hostile pair (rule G1): a manifest with a service for each payload is generated twice, once with plain texts and
 * once with the payload in every free text. Then the gateway with the payloads is run.
 */
interface Emitted {
  readonly folder: ManifestFolder
  readonly diagnostics: readonly Diagnostic[]
  /** By path in the gateway's folder. */
  readonly files: ReadonlyMap<string, string>
}

async function emitted(documents: Readonly<Record<string, string>>): Promise<Emitted> {
  const folder = manifestFolder(documents)
  const { diagnostics } = await run({
    manifest: join(folder.path, 'gateway.yaml'),
    out: join(folder.path, 'out'),
    clients: [],
    until: 'write',
    force: false,
    skipUnsupported: false,
  })
  const root = join(folder.path, 'out/web')
  const names = existsSync(root)
    ? readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []
  const contents = names.map((name) => [name.slice(root.length + 1), readFileSync(name, 'utf8')] as const)
  return { folder, diagnostics: diagnostics.all, files: new Map(contents) }
}

let plain: Emitted
let payload: Emitted
beforeAll(async () => {
  plain = await emitted(files(payloads.map(() => benign)))
  payload = await emitted(files(payloads.map(hostile)))
}, 120_000)
afterAll(() => {
  plain?.folder.remove()
  payload?.folder.remove()
})

/** Every file of both gateways whose name matches, without the copies of the runtime. */
function pairs(ending: RegExp): readonly (readonly [name: string, plain: string, payload: string])[] {
  const names = [...plain.files.keys()].filter((name) => ending.test(name) && !name.startsWith('src/runtime/'))
  expect(names.length).toBeGreaterThan(0)
  return names.map((name) => [name, plain.files.get(name) ?? '', payload.files.get(name) ?? ''])
}

describe('rule G1: the hostile pair', () => {
  test('is generated without diagnostics, with the same files', () => {
    expect([plain.diagnostics, payload.diagnostics]).toEqual([[], []])
    expect([...payload.files.keys()]).toEqual([...plain.files.keys()])
  })

  test('every payload is in the files', () => {
    const everything = [...payload.files.values()].join('\n')
    for (const name of ['globalThis.canary', 'touch canary', 'process.exit', '@ts-ignore', 'evil.example', 'gnp.exe']) {
      expect([name, everything.includes(name)]).toEqual([name, true])
    }
  })

  test('every TypeScript file has the same syntax tree, apart from texts', () => {
    for (const [name, before, after] of pairs(/\.ts$/)) {
      const trees = [before, after].map((text) => syntaxTree(name, text))
      const at = trees[0]?.findIndex((node, index) => node !== trees[1]?.[index]) ?? 0
      expect([name, trees[0]?.slice(at, at + 5), trees[0]?.length]).toEqual([
        name,
        trees[1]?.slice(at, at + 5),
        trees[1]?.length,
      ])
      expect([name, directives(name, after)]).toEqual([name, []])
    }
  })

  test('every Markdown file has the same headings, rows and emphases, and no link, image or HTML', () => {
    for (const [name, before, after] of pairs(/\.md$/)) {
      const [expected, found] = [markup(before), markup(after)]
      const lines = after.split('\n')
      for (const [index, line] of expected.entries()) {
        expect([name, index, lines[index], found[index]]).toEqual([name, index, lines[index], line])
      }
      expect(found.length).toBe(expected.length)
    }
  })

  test('every JSON file is JSON of the same shape', () => {
    for (const [name, before, after] of pairs(/\.json$/)) {
      // The engine of a pattern and its steps depend on its text (rules O5, P15).
      const [expected, found] = [before, after].map((text) =>
        jsonShape({ ...JSON.parse(text), linear: null, costs: null }),
      )
      expect([name, found]).toEqual([name, expected])
    }
  })

  test('the files that build and run the gateway are exactly the same', () => {
    const names =
      /^(?:package\.json|tsconfig\.json|Dockerfile|\.dockerignore|\.gitignore|\.gitattributes|src\/main\.ts)$/
    for (const [name, before, after] of pairs(names)) expect([name, after]).toEqual([name, before])
  })

  test('no file has a character that hides or reorders others', () => {
    for (const [name, , after] of pairs(/./)) expect([name, invisible.exec(after)?.index ?? null]).toEqual([name, null])
  })
})

describe('rule G1: the gateway with the payloads', () => {
  let service: RecordingService
  let gateway: GatewayProcess
  const log: string[] = []
  /** Ends the process if a payload is executed. */
  const trap = `Object.defineProperty(globalThis, 'canary', { set() { process.exit(98) } })`
  const start = (folder: string) =>
    startGateway({
      client: 'web',
      folder,
      port: 0,
      variables: {
        PATH: process.env['PATH'] ?? '',
        SERVICE_URL: service.url,
        SERVICE_KEY: 'the key of the service',
        ISSUER: 'http://127.0.0.1:9',
      },
      node: process.execPath,
      preload: [`data:text/javascript,${encodeURIComponent(trap)}`],
      onLog: (line) => log.push(line),
    })

  beforeAll(async () => {
    service = await createRecordingService((_request, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end(JSON.stringify([]))
    })
    const folder = join(payload.folder.path, 'out/web')
    symlinkSync(join(projectRoot, 'node_modules'), join(payload.folder.path, 'node_modules'))
    await buildGateway(folder)
    gateway = await start(folder)
  }, 60_000)
  afterAll(async () => {
    await gateway?.stop()
    await service?.close()
  })

  test('type-checks under its own flags', () => {
    const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc')
    const project = join(payload.folder.path, 'out/web')
    const run = spawnSync(process.execPath, [tsc, '--noEmit', '-p', project], { encoding: 'utf8' })
    expect(run.stdout).toBe('')
  }, 120_000)

  test.each(payloads.map((text, index) => [JSON.stringify(text), text, index] as const))(
    'serves the service with the payload %s',
    async (_, text, index) => {
      const { segment } = hostile(text)
      const encoded = (name: string) => `/s${index}/${encodeURIComponent(segment(name))}`
      const before = service.requests.length
      const open = await send(gateway.url, 'GET', encoded('orders'), {})
      const guarded = await send(gateway.url, 'GET', `${encoded('detail')}/1`, {})
      const arrived = service.requests.slice(before).map(({ url }) => url)
      expect([open.status, guarded.status, arrived.map(decodeURIComponent)]).toEqual([
        200,
        401,
        [decodeURIComponent(encoded('orders'))],
      ])
      expect(JSON.parse(open.body.toString())).toEqual([])
    },
  )

  test('no payload was executed, and the process is alive', async () => {
    expect((await send(gateway.url, 'GET', '/health/live', {})).status).toBe(200)
    const folders = [payload.folder.path, join(payload.folder.path, 'out/web'), projectRoot]
    expect(folders.filter((folder) => existsSync(join(folder, 'canary')))).toEqual([])
    expect('canary' in globalThis).toBe(false)
  })

  test('rule O4: every log line is one JSON object without control characters', async () => {
    await gateway.stop()
    expect(log.length).toBeGreaterThan(payloads.length)
    for (const line of log) {
      expect(line).not.toMatch(/[\u0000-\u001f\u007f]/)
      expect(typeof JSON.parse(line)).toBe('object')
    }
  })
})
