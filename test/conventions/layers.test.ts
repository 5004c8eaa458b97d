import { describe, expect, test } from '@jest/globals'
import { filesBelow, importsOf, read, resolved } from './files.ts'

/**
 * The floors of the house, lowest first: a room imports from itself and from rooms on lower floors, types included. What stands on one
 * floor does not import each other. A room is the folder or file that is named; the longest name that a path begins with is its room.
 */
const floors: readonly (readonly string[])[] = [
  // An emitted gateway.
  ['templates/runtime/words'],
  ['templates/runtime/vocabulary.ts'],
  ['templates/runtime/support', 'templates/runtime/json'],
  [
    'templates/runtime/environment',
    'templates/runtime/observe',
    'templates/runtime/schema',
    'templates/runtime/matching',
  ],
  ['templates/runtime/parameters', 'templates/runtime/access'],
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
  ['generator/memory', 'generator/dev'],
  ['generator/commands'],
  ['generator/cli.ts', 'generator/index.ts'],
  // What is measured, and what is proven.
  ['bench/support'],
  ['bench/gateway', 'bench/generator'],
  ['test'],
]

/** What each room may import of packages; `true`: any. Node's own modules are packages named `node:...`. */
const packages: Readonly<Record<string, readonly string[] | true>> = {
  'templates/runtime/words': ['node:net'],
  'templates/runtime/vocabulary.ts': [],
  'generator/support': ['fastest-levenshtein'],
  'generator/code': [],
  'generator/settings': [],
  'generator/model': [],
  'generator/plan/types.ts': [],
  'generator/plan/draft': ['node:crypto'],
  'generator/plan/checks': [],
  'generator/plan/settle': ['recheck', 're2js', 'node:crypto', 'node:module'],
  'generator/plan/explain': [],
  'generator/plan': [],
  'generator/diff': [],
  'generator/write': ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'diff'],
  'generator/run.ts': [],
  'generator/memory': ['node:fs', 'node:path', 'node:crypto', 'node:url'],
}

/** Packages that only an emitted gateway has, and what of Node's it needs. */
const ofGateways = ['express', 'undici', 'jose', 'pino', 're2js']

/** A stage's only door is its index.ts; `types.ts` beside it holds the data that it hands on. */
const stages = ['read', 'model', 'plan', 'emit', 'write', 'memory', 'support', 'settings', 'diff', 'code']

const rooms = floors.flat()
const sources = ['templates/runtime', 'generator', 'bench', 'test']
  .flatMap(filesBelow)
  .filter((file) => /\.(?:ts|mjs)$/.test(file) && !file.startsWith('test/fixtures/') && !file.includes('/dist/'))

/** Every import of ours: from which file to which file. */
const edges = sources.flatMap((from) =>
  importsOf(from)
    .filter((one) => one.specifier.startsWith('.'))
    .map((one) => ({ from, to: resolved(from, one.specifier) })),
)

describe('the import graph', () => {
  test('has a room for each source', () => {
    expect(sources.filter((file) => roomOf(file) === null)).toEqual([])
  })

  test('names no room that is not there', () => {
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

  test('enters a stage only by its door', () => {
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

  test('lets the generator have only the words, and types of the vocabulary, of what it plans and emits', () => {
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

  test('lets nothing that is emitted know the generator', () => {
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
  test('uses process and console in the command line alone', () => {
    const users = sources.filter(
      (file) =>
        file.startsWith('generator/') &&
        file !== 'generator/cli.ts' &&
        /(?<![\w.'"])(process|console)\.\w/.test(read(file)),
    )
    expect(users).toEqual([])
  })

  test('knows Express in one file of the runtime', () => {
    const users = sources.filter(
      (file) => file.startsWith('templates/') && importsOf(file).some(({ specifier }) => specifier === 'express'),
    )
    expect(users).toEqual(['templates/runtime/http/express.ts'])
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

/** The files of one circle, or none. */
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
