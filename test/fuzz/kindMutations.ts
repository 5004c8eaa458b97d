import fc, { type Arbitrary } from 'fast-check'
import { doubtfulDisposition } from './dispositions.ts'
import { variantsOf } from './foldedNames.ts'
import { addedAt, type Mutation, mark, onJson, onSegments, onText } from './mutations.ts'
import { spellingOf } from './siblings.ts'

/** Members that are bound or read-only somewhere in the sample. */
const guarded = [
  'customerId',
  'partnerId',
  'id',
  'createdAt',
  'updatedAt',
  'status',
  'averageRating',
  'images',
] as const

/**
 * Changes of the kinds that gateways once passed on: a segment that is a literal of another path, a member whose name folds to
 * another one, a part with two names, and bodies in chunks. `literals`: of the paths of the services' documents.
 */
export function kindMutation(literals: readonly string[]): Arbitrary<Mutation> {
  const sibling = fc
    .tuple(fc.nat(), spellingOf(literals))
    .map(([at, text]) => onSegments((parts) => parts.with(at % parts.length, text)))
  const likeness = fc
    .tuple(fc.nat(), fc.constantFrom(...guarded).chain(variantsOf))
    .map(([at, variant]) => onJson((tree) => addedAt(tree, at, variant, mark)))
  const disposition = doubtfulDisposition('file', mark).map((text) =>
    onText((body) => body.replace(/(content-disposition: )[^\r\n]*/i, (_, field: string) => field + text)),
  )
  const chunks = fc.boolean().map(
    (isEmpty): Mutation =>
      (draft) => ({ ...draft, chunked: true, body: isEmpty ? null : draft.body }),
  )
  return fc.oneof(
    { weight: 3, arbitrary: sibling },
    { weight: 2, arbitrary: likeness },
    { weight: 2, arbitrary: disposition },
    { weight: 1, arbitrary: chunks },
  )
}
