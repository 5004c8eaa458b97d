import { describe, expect, test } from '@jest/globals'
import { filesBelow, type Import, importsOf, resolved } from './files.ts'

/**
 * The table of ARCHITECTURE.md: what each room may import of ours, of packages, and of Node. `types` may be imported as types only.
 * A stage's only door is its index.ts; `types.ts` beside it holds the data that it hands on.
 */
interface Room {
  readonly folder: string
  readonly ours: readonly string[]
  readonly types?: readonly string[]
  /** Packages, or `true` for any. Node's own modules are packages named `node:...`. */
  readonly packages: readonly string[] | true
}

const rooms: readonly Room[] = [
  { folder: 'generator/support', ours: [], packages: ['fastest-levenshtein'] },
  {
    folder: 'generator/read',
    ours: ['generator/support'],
    packages: true,
  },
  {
    folder: 'generator/model',
    ours: ['generator/support'],
    types: ['generator/read'],
    packages: ['fastest-levenshtein'],
  },
  {
    folder: 'generator/plan',
    // What a gateway may answer is said once, and documented from there.
    ours: ['generator/support', 'templates/runtime/words/problems.ts'],
    types: ['generator/model', 'generator/read', 'templates/runtime/vocabulary.ts'],
    packages: ['fastest-levenshtein', 'recheck', 're2js', 'node:crypto', 'node:module'],
  },
  { folder: 'generator/code', ours: ['generator/support'], packages: [] },
  {
    folder: 'generator/diff',
    ours: ['generator/support'],
    types: ['generator/plan', 'templates/runtime/vocabulary.ts'],
    packages: [],
  },
  {
    folder: 'generator/write',
    ours: ['generator/support'],
    types: ['generator/emit'],
    packages: ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'diff'],
  },
  {
    folder: 'generator/memory',
    ours: ['generator/support', 'generator/diff', 'generator/write', 'generator/read'],
    types: ['generator/plan', 'generator/run.ts'],
    packages: ['node:fs', 'node:path', 'node:crypto', 'node:url'],
  },
  {
    folder: 'templates/runtime',
    ours: [],
    packages: ['express', 'undici', 'jose', 'pino', 're2js'],
  },
]

const node = /^node:/

describe('a room imports only what ARCHITECTURE.md lets it', () => {
  for (const room of rooms) {
    test(room.folder, () => {
      const strangers = filesBelow(room.folder)
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) =>
          importsOf(file)
            .filter((one) => !allowed(room, file, one))
            .map((one) => `${file} imports ${one.specifier}`),
        )
      expect(strangers).toEqual([])
    })
  }
})

function allowed(room: Room, file: string, one: Import): boolean {
  if (!one.specifier.startsWith('.')) {
    if (room.packages === true) return true
    if (node.test(one.specifier)) return room.folder === 'templates/runtime' || room.packages.includes(one.specifier)
    return room.packages.includes(one.specifier.split('/')[0] ?? '')
  }
  const target = resolved(file, one.specifier)
  if (target.startsWith(`${room.folder}/`)) return true
  if (room.ours.some((other) => target === other || isDoor(target, other))) return true
  return one.typeOnly && (room.types ?? []).some((other) => target === other || isDoor(target, other))
}

/** `index.ts`, or the `types.ts` that says what the stage hands on. */
function isDoor(target: string, folder: string): boolean {
  return target === `${folder}/index.ts` || target === `${folder}/types.ts`
}

describe('the whole project', () => {
  const sources = filesBelow('generator').filter((file) => file.endsWith('.ts'))

  test('enters a stage only by its door', () => {
    const stages = ['read', 'model', 'plan', 'code', 'emit', 'write', 'memory', 'support', 'diff']
    const burglars = sources.flatMap((file) =>
      importsOf(file)
        .filter((one) => one.specifier.startsWith('.'))
        .map((one) => resolved(file, one.specifier))
        .filter((target) => {
          const stage = stages.find((name) => target.startsWith(`generator/${name}/`))
          if (stage === undefined || file.startsWith(`generator/${stage}/`)) return false
          return !isDoor(target, `generator/${stage}`)
        })
        .map((target) => `${file} imports ${target}`),
    )
    expect(burglars).toEqual([])
  })

  test('goes through the rooms of the plan in one direction', () => {
    const floors = ['draft', 'checks', 'settle', 'explain']
    const floorOf = (file: string): number => floors.findIndex((room) => file.startsWith(`generator/plan/${room}/`))
    const upwards = sources.flatMap((file) =>
      importsOf(file)
        .filter((one) => one.specifier.startsWith('.') && floorOf(file) >= 0)
        .map((one) => resolved(file, one.specifier))
        .filter((target) => floorOf(target) > floorOf(file) || target === 'generator/plan/index.ts')
        .map((target) => `${file} imports ${target}`),
    )
    expect(upwards).toEqual([])
  })

  test('runs the stages from one place', () => {
    const users = (door: string): readonly string[] =>
      sources.filter((file) => {
        const values = importsOf(file).filter((one) => one.specifier.startsWith('.') && !one.typeOnly)
        return values.some((one) => resolved(file, one.specifier) === door)
      })
    // The doors of the other stages have more than the stage behind them.
    expect(users('generator/model/index.ts')).toEqual(['generator/run.ts'])
    expect(users('generator/emit/index.ts')).toEqual(['generator/run.ts'])
  })

  test('nothing imports the command line', () => {
    const users = sources.flatMap((file) =>
      importsOf(file)
        .filter((one) => one.specifier.startsWith('.') && resolved(file, one.specifier) === 'generator/cli.ts')
        .map(() => file),
    )
    expect(users).toEqual([])
  })

  test('only the command line and templates/runtime/main use process and console', async () => {
    const { read } = await import('./files.ts')
    const users = sources.filter(
      (file) => file !== 'generator/cli.ts' && /(?<![\w.'"])(process|console)\.\w/.test(read(file)),
    )
    expect(users).toEqual([])
  })

  test('only express.ts of the runtime knows Express', () => {
    const users = filesBelow('templates/runtime')
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => importsOf(file).some((one) => one.specifier === 'express'))
    expect(users).toEqual(['templates/runtime/http/express.ts'])
  })
})
