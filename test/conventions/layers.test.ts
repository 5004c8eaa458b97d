import { describe, expect, test } from '@jest/globals'
import { filesBelow, importsOf, read, resolved } from './files.ts'

/**
 * The layers (`floors`) of the project, lowest first. A room is the folder or file that is named here; the longest name
 * that a path starts with is its room. A room imports from itself and from rooms on lower floors only, types included.
 * Rooms on the same floor do not import each other.
 */
const floors: readonly (readonly string[])[] = [
  // The emitted gateway.
  ['templates/runtime/words'],
  ['templates/runtime/schemaData.ts', 'templates/runtime/clientData.ts'],
  ['templates/runtime/vocabulary.ts'],
  ['templates/runtime/support', 'templates/runtime/json'],
  ['templates/runtime/observe', 'templates/runtime/schema', 'templates/runtime/matching'],
  ['templates/runtime/environment', 'templates/runtime/access'],
  ['templates/runtime/parameters'],
  ['templates/runtime/bodies', 'templates/runtime/upstream'],
  ['templates/runtime/exchange'],
  [
    'templates/runtime/auth',
    'templates/runtime/credentials',
    'templates/runtime/answers',
    'templates/runtime/requests',
    'templates/runtime/admission',
    'templates/runtime/http',
  ],
  ['templates/runtime/steps', 'templates/runtime/own'],
  ['templates/runtime/pipeline'],
  ['templates/runtime/startup'],
  ['templates/runtime/index.ts'],
  // The generator.
  ['generator/support'],
  ['generator/code', 'generator/settings'],
  ['generator/read'],
  ['generator/model'],
  ['generator/plan/types.ts'],
  ['generator/plan/draft'],
  ['generator/plan/checks'],
  ['generator/plan/settle'],
  ['generator/plan/explain'],
  ['generator/plan'],
  ['generator/emit'],
  ['generator/write', 'generator/diff'],
  ['generator/run.ts'],
  ['generator/memory', 'generator/dev', 'generator/remote'],
  ['generator/commands'],
  ['generator/cli.ts', 'generator/index.ts'],
  ['generator/packaging'],
  // Benchmarks and tests.
  ['bench/support'],
  ['bench/gateway', 'bench/generator'],
  ['test'],
  ['bench/soak'],
]

/** The packages that each room may import; `true`: any. Modules of Node.js are named `node:...`. */
const packages: Readonly<Record<string, readonly string[] | true>> = {
  'templates/runtime/words': ['node:net'],
  'templates/runtime/schemaData.ts': [],
  'templates/runtime/clientData.ts': [],
  'templates/runtime/vocabulary.ts': [],
  'generator/support': ['fastest-levenshtein'],
  'generator/code': [],
  'generator/settings': [],
  'generator/model': [],
  'generator/plan/types.ts': [],
  'generator/plan/draft': ['node:crypto'],
  'generator/plan/checks': [],
  'generator/plan/settle': ['re2js', 'node:crypto'],
  'generator/plan/explain': [],
  'generator/plan': [],
  'generator/diff': [],
  'generator/write': ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'diff'],
  'generator/run.ts': [],
  'generator/memory': ['node:fs', 'node:path', 'node:crypto', 'node:url'],
  'generator/remote': ['undici', 'node:dns', 'node:fs', 'node:http', 'node:net', 'node:os', 'node:path', 'node:zlib'],
}

/** Packages of emitted gateways. Their rooms may also import any module of Node.js. */
const ofGateways = ['express', 'undici', 'jose', 'pino', 're2js']

/** Folders of stages. Other rooms import only their index.ts, and types.ts, which has their data types. */
const stages = ['read', 'model', 'plan', 'emit', 'write', 'memory', 'remote', 'support', 'settings', 'diff', 'code']

const rooms = floors.flat()
const sources = ['templates/runtime', 'generator', 'bench', 'test']
  .flatMap(filesBelow)
  .filter((file) => /\.(?:ts|mjs)$/.test(file) && !file.startsWith('test/fixtures/') && !file.includes('/dist/'))

/** Every import within the project. */
const edges = sources.flatMap((from) =>
  importsOf(from)
    .filter((one) => one.specifier.startsWith('.'))
    .map((one) => ({ from, to: resolved(from, one.specifier) })),
)

describe('the import graph', () => {
  test('has a room for each source', () => {
    expect(sources.filter((file) => roomOf(file) === null)).toEqual([])
  })

  test('has a row of ARCHITECTURE.md for each room of the generator and of the runtime', () => {
    const page = read('ARCHITECTURE.md')
    const named = rooms
      .filter((room) => room.startsWith('generator/') || room.startsWith('templates/runtime/'))
      .map((room) => room.split('/').at(-1) ?? '')
    expect(named.filter((name) => !page.includes(`\`${name}`) && !page.includes(`/${name}`))).toEqual([])
  })

  test('names only rooms that exist', () => {
    expect(rooms.filter((room) => !sources.some((file) => isIn(file, room)))).toEqual([])
  })

  test('has no import from a lower floor to a higher one, or between rooms of one floor', () => {
    const wrong = edges
      .filter(({ from, to }) => roomOf(to) !== roomOf(from) && floorOf(to) >= floorOf(from))
      .map(({ from, to }) => `${from} imports ${to}`)
    expect(wrong).toEqual([])
  })

  test('has no circle between files', () => {
    expect(circleIn(edges.filter(({ to }) => sources.includes(to)))).toEqual([])
  })

  test('enters a stage only through its index.ts or types.ts', () => {
    const wrong = edges
      .filter(({ from, to }) => {
        const stage = stages.find((name) => to.startsWith(`generator/${name}/`))
        if (stage === undefined || !from.startsWith('generator/') || from.startsWith(`generator/${stage}/`))
          return false
        return to !== `generator/${stage}/index.ts` && to !== `generator/${stage}/types.ts`
      })
      .map(({ from, to }) => `${from} imports ${to}`)
    expect(wrong).toEqual([])
  })

  test('lets the generator import only words and vocabulary of the runtime that it plans and emits', () => {
    const planning = [
      'support',
      'code',
      'settings',
      'read',
      'model',
      'plan',
      'emit',
      'write',
      'diff',
      'memory',
      'run.ts',
    ]
    const wrong = edges
      .filter(({ from, to }) => planning.some((room) => isIn(from, `generator/${room}`)) && to.startsWith('templates/'))
      .filter(({ to }) => !to.startsWith('templates/runtime/words/') && to !== 'templates/runtime/vocabulary.ts')
      .map(({ from, to }) => `${from} imports ${to}`)
    expect(wrong).toEqual([])
  })

  test('has no import from emitted code to the generator', () => {
    expect(edges.filter(({ from, to }) => from.startsWith('templates/') && !to.startsWith('templates/'))).toEqual([])
  })
})

describe('a room imports only the packages that it may', () => {
  for (const room of rooms) {
    const allowed = packages[room] ?? (room.startsWith('templates/') ? ofGateways : true)
    if (allowed === true) continue
    test(room, () => {
      const wrong = sources
        .filter((file) => roomOf(file) === room)
        .flatMap((file) =>
          importsOf(file)
            .map(({ specifier }) => specifier)
            .filter((specifier) => !specifier.startsWith('.') && !isAllowed(specifier, allowed))
            .map((specifier) => `${file} imports ${specifier}`),
        )
      expect(wrong).toEqual([])
    })
  }
})

describe('the whole project', () => {
  test('uses process and console in generator/cli.ts only', () => {
    const users = sources.filter(
      (file) =>
        file.startsWith('generator/') &&
        !file.startsWith('generator/packaging/') &&
        file !== 'generator/cli.ts' &&
        /(?<![\w.'"])(process|console)\.\w/.test(read(file)),
    )
    expect(users).toEqual([])
  })

  test('imports Express in one file of the runtime only', () => {
    const users = sources.filter(
      (file) => file.startsWith('templates/') && importsOf(file).some(({ specifier }) => specifier === 'express'),
    )
    expect(users).toEqual(['templates/runtime/http/express.ts'])
  })

  test('loads Redocly for `lint` only', () => {
    const ours = sources.filter((file) => file.startsWith('generator/'))
    const users = ours.filter((file) => importsOf(file).some(({ specifier }) => specifier.startsWith('@redocly/')))
    expect(users).toEqual(['generator/read/redocly.ts'])
    const atOnce = /^(?:import|export) (?!type\b)(?:(?!^(?:import|export)\b)[\s\S])*?from '\.\/redocly\.ts'/m
    expect(ours.filter((file) => atOnce.test(read(file)))).toEqual([])
    const callers = ours.filter((file) => !file.startsWith('generator/read/') && read(file).includes('checkStructure'))
    expect(callers).toEqual(['generator/commands/lint.ts'])
  })

  test('reads URLs in one place: `URL.canParse` of Node.js 20 changes its answer once it is optimised', () => {
    const users = sources.filter((file) => /^(?:generator|templates)\//.test(file) && /\bcanParse\(/.test(read(file)))
    expect(users).toEqual([])
  })

  const lengths = sources
    .filter((file) => file.startsWith('generator/') || file.startsWith('templates/'))
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines)

  test('has small files: the median is below 70 lines', () => {
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThan(70)
  })

  test('has no file above 350 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 350)).toEqual([])
  })
})

function roomOf(file: string): string | null {
  const found = rooms.filter((room) => isIn(file, room)).sort((a, b) => b.length - a.length)
  return found[0] ?? null
}

function isIn(file: string, room: string): boolean {
  return file === room || file.startsWith(`${room}/`)
}

function floorOf(file: string): number {
  return floors.findIndex((floor) => floor.includes(roomOf(file) ?? ''))
}

function isAllowed(specifier: string, allowed: readonly string[]): boolean {
  if (specifier.startsWith('node:')) return allowed === ofGateways || allowed.includes(specifier)
  return allowed.includes(specifier.split('/')[0] ?? '')
}

/** The files of one circle of imports; empty if there is none. */
function circleIn(graph: readonly { readonly from: string; readonly to: string }[]): readonly string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of graph) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const other of next.get(file) ?? []) {
      const circle = walk(other, [...path, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of next.keys()) {
    const circle = walk(file, [])
    if (circle.length > 0) return circle
  }
  return []
}
