import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import picocolors from 'picocolors'
import { request } from 'undici'
import { writeCredentialFile } from '../../../generator/commands/credentialFile.ts'
import { logText } from '../../../generator/commands/devLog.ts'
import type { Terminal } from '../../../generator/commands/terminal.ts'
import { readLogLine } from '../../../generator/dev/logEntry.ts'
import { closed, listen } from '../../../generator/dev/loopback.ts'
import { type DevProcess, spawnDev, startDev } from '../../support/devCommand.ts'
import { projectRoot } from '../../support/sampleSystem.ts'
import { folderWith, run, shop } from './console.ts'

/** The built command line on a copy of the sample, as a separate process. */
describe('dev', () => {
  let dev: DevProcess
  beforeAll(async () => {
    dev = await startDev(['--client', 'partner', '--client', 'mobile'])
  }, 120_000)
  afterAll(() => dev.remove())

  test('runs the requested gateways', () => {
    expect(dev.document.gateways.map(({ client }) => client)).toEqual(['mobile', 'partner'])
  })

  test('prints calls with the printed status', async () => {
    const outcomes = await Promise.all(
      dev.document.gateways.flatMap(({ calls }) =>
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

  test.each(['http://localhost:5173', 'http://127.0.0.1:3000'])(
    'lets pages of %s call the gateways',
    async (origin) => {
      const [mobile] = dev.document.gateways
      const preflight = await request(`${mobile?.url}/orders`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
      })
      const answer = await request(`${mobile?.url}/categories`, { headers: { origin } })
      await Promise.all([preflight.body.dump(), answer.body.dump()])
      expect([preflight, answer].map(({ headers }) => headers['access-control-allow-origin'])).toEqual([origin, origin])
      expect(preflight.headers['access-control-allow-headers']).toContain('authorization')
    },
  )

  test('does not let other pages call the gateways', async () => {
    const [mobile] = dev.document.gateways
    const answer = await request(`${mobile?.url}/categories`, { headers: { origin: 'http://localhost.example:5173' } })
    await answer.body.dump()
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('leaves its additions out of the generated files', () => {
    expect(readFileSync(join(dev.folder, 'generated/mobile/src/gateway/client.ts'), 'utf8')).toContain('cors: null')
  })

  test('simulates a member that no document declares, and the gateway removes it', async () => {
    const service = await request(`${dev.document.services['catalog']}/categories`)
    const [mobile] = dev.document.gateways
    const answer = await request(`${mobile?.url}/categories`)
    expect(await service.body.text()).toContain('simulatedUndeclared')
    expect(await answer.body.text()).not.toContain('simulatedUndeclared')
  })

  test('restarts only gateways that a change of the manifest affects', async () => {
    const manifest = join(dev.folder, 'gateway.yaml')
    const told = lineMatching(dev.progress, /restarted|no gateway changed/)
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace(/audience: shop-mobile/, 'audience: shop-phone'))
    expect(await told).toContain('restarted: mobile')
  }, 60_000)

  test('reports an invalid change, and continues', async () => {
    const manifest = join(dev.folder, 'gateway.yaml')
    const told = lineMatching(dev.progress, /continue unchanged/)
    writeFileSync(manifest, `${readFileSync(manifest, 'utf8')}\nclientz: {}\n`)
    expect(await told).toContain('The gateways continue unchanged.')
    const [mobile] = dev.document.gateways
    expect((await request(`${mobile?.url}/health/live`)).statusCode).toBe(200)
  }, 60_000)

  test('ends with 0 when it is interrupted', async () => {
    const ended = new Promise((resolve) => dev.child.once('exit', (code) => resolve(code)))
    dev.child.kill('SIGINT')
    expect(await ended).toBe(0)
  }, 60_000)
})

test('dev with a real provider and a real service starts and prints only what is used', async () => {
  const dev = await startDev(['--client', 'mobile', '--no-watch'], {
    OIDC_ISSUER: 'http://127.0.0.1:9/realms/shop',
    OIDC_TOKEN_URL: 'http://127.0.0.1:9/token',
    CATALOG_URL: 'http://127.0.0.1:9/catalog',
  })
  try {
    const { issuer, services, gateways } = dev.document
    const [mobile] = gateways
    expect([issuer, Object.keys(services).includes('catalog'), Object.keys(services).includes('orders')]).toEqual([
      null,
      false,
      true,
    ])
    expect(mobile?.signIn).toMatchObject({ issuer: 'http://127.0.0.1:9/realms/shop', provided: false, clientId: null })
    expect(mobile?.users).toEqual([])
    // Only what a gateway decides without asking anybody: no answer of the real service, no token of the real provider.
    expect(mobile?.calls.map(({ status }) => status)).toEqual([401, 400])
  } finally {
    await dev.remove()
  }
}, 120_000)

test.each([
  ['killed', 'SIGKILL', null],
  ['interrupted by the end of its terminal', 'SIGHUP', 0],
] as const)(
  'no gateway is left running when dev is %s',
  async (_, signal, code) => {
    const dev = await startDev(['--client', 'partner', '--no-watch'])
    try {
      const [partner] = dev.document.gateways
      const ended = new Promise((resolve) => dev.child.once('exit', resolve))
      dev.child.kill(signal)
      expect(await ended).toBe(code)
      await nothingListens(Number(new URL(partner?.url ?? '').port))
    } finally {
      await dev.remove()
    }
  },
  120_000,
)

test('dev goes on without a file of credentials, and says why', async () => {
  const folder = folderWith({})
  cpSync(join(projectRoot, 'specs'), folder.path, { recursive: true })
  writeFileSync(join(folder.path, '.gatewright'), 'mine\n')
  const child = spawnDev(folder.path, ['--port', '0', '--client', 'partner', '--no-watch'])
  try {
    const warned = lineMatching(createInterface({ input: child.stderr }), /^warning/)
    const said = lineMatching(createInterface({ input: child.stdout }), /^Open|^The commands need/)
    expect(await warned).toContain('cannot be written: .gatewright is a file, not a folder.')
    expect(await said).toMatch(/^Open +http/)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(readFileSync(join(folder.path, '.gatewright'), 'utf8')).toBe('mine\n')
  } finally {
    child.kill('SIGKILL')
    folder.remove()
  }
}, 120_000)

test.each([
  ['65534', 'ports 65536 (the gateway app), 65537 (the gateway web) are beyond the last port, 65535.'],
  ['65535', 'ports 65536 (the identity provider), 65537 (the gateway app), 65538 (the gateway web) are beyond'],
])('ports from %s on are refused where there are too few', async (port, expected) => {
  const folder = folderWith(shop)
  try {
    const { code, err } = await run(['dev', '--port', port], { cwd: folder.path })
    expect(err).toContain(expected)
    expect(err).toContain(`--port ${Number(port) - 1000} uses ${Number(port) - 1000} and the following ports`)
    expect(code).toBe(1)
  } finally {
    folder.remove()
  }
})

test('a port in use is named, with the option that chooses others', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const folder = folderWith(shop)
  try {
    const { code, err } = await run(['dev', '--port', String(port)], { cwd: folder.path })
    expect(code).toBe(1)
    expect(err).toContain(`port ${port} (the page) is in use`)
    expect(err).toMatch(/--port \d+ uses/)
  } finally {
    folder.remove()
    server.close()
  }
})

test('warnings are counted, so that they do not hide the addresses', async () => {
  const folder = folderWith({})
  cpSync(join(projectRoot, 'test/fixtures/negative/GW3006-idle-override'), folder.path, { recursive: true })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = String((server.address() as AddressInfo).port)
  const errOf = async (...more: readonly string[]) =>
    (await run(['dev', '--port', port, ...more], { cwd: folder.path })).err
  try {
    const brief = await errOf()
    expect(brief).toContain('1 warning (GW3006). gatewright lint shows them.')
    expect(brief).not.toContain('weakens')
    expect(await errOf('--verbose')).toContain('warning GW3006')
  } finally {
    folder.remove()
    server.close()
  }
})

describe('the file of credentials', () => {
  const variables = [{ name: 'WEB_ALICE', value: "it's" }]
  let folder: string
  let other: Server
  /** The page of another `dev`. */
  let otherPage: string
  const write = (page = 'http://127.0.0.1:1') => writeCredentialFile(folder, page, variables)
  const files = () => readdirSync(join(folder, '.gatewright')).sort()
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
    other = createServer()
    otherPage = await listen(other, 0)
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true })
    await closed(other)
  })

  test('can be read by its owner only, is ignored by git, and is removed', async () => {
    const file = join(folder, '.gatewright/dev.env')
    const { path, remove } = await write()
    expect(path).toBe('.gatewright/dev.env')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, '.gatewright/.gitignore'), 'utf8')).toBe('*\n')
    expect(readFileSync(file, 'utf8')).toContain("WEB_ALICE='it'\\''s'\n")
    remove()
    expect(files()).toEqual(['.gitignore'])
  })

  test('has the port in its name beside that of another `dev` that runs, and each removes its own', async () => {
    const first = await write(otherPage)
    const second = await write('http://127.0.0.1:1')
    expect([first.path, second.path]).toEqual(['.gatewright/dev.env', '.gatewright/dev-1.env'])
    expect(readFileSync(join(folder, second.path), 'utf8')).toContain('. .gatewright/dev-1.env\n')
    first.remove()
    expect(files()).toEqual(['.gitignore', 'dev-1.env'])
    second.remove()
    expect(files()).toEqual(['.gitignore'])
  })

  test('replaces that of a `dev` that no longer runs, which does not remove the new one', async () => {
    const first = await write('http://127.0.0.1:1')
    const second = await write(otherPage)
    expect([first.path, second.path]).toEqual(['.gatewright/dev.env', '.gatewright/dev.env'])
    first.remove()
    expect(files()).toEqual(['.gitignore', 'dev.env'])
  })

  test('leaves a .gitignore that exists', async () => {
    mkdirSync(join(folder, '.gatewright'))
    writeFileSync(join(folder, '.gatewright/.gitignore'), 'dev*\n')
    await write()
    expect(readFileSync(join(folder, '.gatewright/.gitignore'), 'utf8')).toBe('dev*\n')
  })

  test('is not written through a link, to a file in place of the folder, or beside a folder of its name', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'gatewright-'))
    symlinkSync(elsewhere, join(folder, '.gatewright'))
    await expect(write()).rejects.toThrow('.gatewright is a link, not a folder')
    expect(readdirSync(elsewhere)).toEqual([])
    rmSync(elsewhere, { recursive: true })
    rmSync(join(folder, '.gatewright'))
    writeFileSync(join(folder, '.gatewright'), '')
    await expect(write()).rejects.toThrow('.gatewright is a file, not a folder')
    rmSync(join(folder, '.gatewright'))
    mkdirSync(join(folder, '.gatewright/dev.env'), { recursive: true })
    await expect(write()).rejects.toThrow('dev.env')
    expect(files()).toEqual(['.gitignore', 'dev.env'])
  })
})

describe('a line of the log', () => {
  const terminal = { paint: picocolors.createColors(false) } as Terminal
  const text = (line: object): string => logText(readLogLine('web', JSON.stringify(line)), terminal)

  test.each(['reason', 'why'])('of a request shows its `%s`', (name) => {
    const line = {
      level: 30,
      method: 'GET',
      path: '/orders',
      status: 403,
      duration: 1.5,
      principal: 'noah',
      [name]: 'missing scope',
    }
    expect(text(line)).toBe('web  403 GET /orders 1.5 ms, noah  missing scope')
  })

  test('of a request shows the detail of its reason', () => {
    const line = { method: 'GET', path: '/', status: 403, duration: 1, reason: 'missing-scope', detail: 'orders:write' }
    expect(text(line)).toMatch(/missing-scope: orders:write$/)
  })

  test('about an answer that does not fit shows route and reason', () => {
    const faults = [{ pointer: '/id', detail: 'must be text' }]
    expect(
      text({ level: 40, route: 'orders.getOrder', status: 200, what: 'body', faults, msg: 'does not match' }),
    ).toBe(
      'web  does not match  orders.getOrder, status 200, what body, faults [{"pointer":"/id","detail":"must be text"}]',
    )
  })

  test('that is not JSON stays', () => {
    expect(logText(readLogLine('web', 'ready'), terminal)).toBe('web  ready')
  })
})

/** Waits until connections to a port are refused. */
async function nothingListens(port: number): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    let found: string | undefined
    const connection = connect(port, '127.0.0.1').resume()
    connection.on('error', (error: NodeJS.ErrnoException) => {
      found = error.code
    })
    connection.once('close', () => resolve(found))
  })
  if (code !== 'ECONNREFUSED') await nothingListens(port)
}

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
