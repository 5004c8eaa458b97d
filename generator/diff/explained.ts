import type { AccessRow } from '../plan/types.ts'
import { saysTreatment } from './access.ts'
import type { ContractChanges } from './contract.ts'
import { canonical, type JsonObject, listOf, membersOf } from './document.ts'
import { dataIn } from './literals.ts'

/** What was compared, and found. */
export interface Compared {
  /** The earlier access table. */
  readonly rows: readonly AccessRow[]
  readonly contract: ContractChanges | null
}

/**
 * Whether the change of a file follows from changes that are named: the two texts have the same data apart from the members that were
 * compared.
 */
export function isExplained(path: string, before: string, after: string, compared: Compared): boolean {
  const { contract } = compared
  const rest = restOf[path]
  if (rest !== undefined) {
    const [old, now] = [dataIn(before), dataIn(after)]
    return old !== null && now !== null && canonical(rest(old, now, compared)) === canonical(rest(now, old, compared))
  }
  if (path.endsWith('/schemas.json')) return contract === null || contract.texts || hasRoutes(contract)
  return !path.startsWith('src/')
}

type Rest = (data: unknown, other: unknown, compared: Compared) => unknown

/** The data of a file without what was compared. `other`: that of the other version. */
const restOf: Readonly<Record<string, Rest>> = {
  'src/gateway/client.ts': restOfClient,
  'src/gateway/routes.ts': restOfRoutes,
  'src/gateway/services.ts': restOfServices,
}

function restOfClient(data: unknown, _: unknown, { contract }: Compared): unknown {
  const limits = contract === null || hasRoutes(contract) ? ['head'] : []
  return without(membersOf(data), [
    'authenticators',
    'cors',
    'publicHosts',
    'trustedProxies',
    'unverifiedTls',
    // They follow from the parameters of all routes.
    ...limits,
  ])
}

/** The routes of both versions, without what access.json and openapi.json say of them. */
function restOfRoutes(data: unknown, other: unknown, { rows }: Compared): unknown {
  const others = new Set(listOf(other).map(keyOf))
  const answers = treatmentOf(rows)
  return Object.fromEntries(
    listOf(data)
      .filter((route) => others.has(keyOf(route)))
      .map((route) => {
        const { request, action, answers: policy, ...members } = membersOf(route)
        const { path, ...call } = membersOf(action)
        const rest = {
          ...without(members, ['id', 'path', 'access', 'contract', 'undeclaredBody']),
          request: without(membersOf(request), inputs),
          action: { ...without(call, ['service', 'reserved']), path: String(path).replace(/\{[^}]*\}/g, '{}') },
          answers: without(membersOf(policy), ['statuses', ...answers]),
        }
        return [keyOf(route), rest]
      }),
  )
}

const inputs = ['path', 'pathNames', 'query', 'header', 'cookie', 'body', 'bind', 'encodedSlash']

/** The services of both versions: routes that reach another service are named. */
function restOfServices(data: unknown, other: unknown, { rows }: Compared): unknown {
  return Object.fromEntries(
    Object.entries(membersOf(data))
      .filter(([id]) => Object.hasOwn(membersOf(other), id))
      .map(([id, service]) => {
        const { answers, ...members } = membersOf(service)
        const rest = {
          ...without(members, ['undeclaredBody', 'redirectHosts']),
          answers: without(membersOf(answers), treatmentOf(rows)),
        }
        return [id, rest]
      }),
  )
}

/** The members of `answers` that rows have, unless they are of an earlier version. */
function treatmentOf(rows: readonly AccessRow[]): readonly string[] {
  return rows.every(saysTreatment) ? ['check', 'undeclared', 'unauthorized', 'redirect'] : []
}

function hasRoutes({ added, removed, changed }: ContractChanges): boolean {
  return [added, removed, changed].some(({ length }) => length > 0)
}

function keyOf(route: unknown): string {
  const { method, path } = membersOf(route)
  return `${String(method)} ${String(path).replace(/\{[^}]*\}/g, '{}')}`
}

function without(members: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)))
}
