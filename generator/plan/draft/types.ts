import type { Access, AnswerPolicy, CallAction, Method, RequestPolicy } from '../../../templates/runtime/vocabulary.ts'
import type { AuthenticatorModel, ClientManifest, CredentialModel, Model, OperationModel } from '../../model/types.ts'
import type { ResolvedAt } from '../../settings/index.ts'
import type { Origin } from '../../support/index.ts'
import type { ConditionDraft } from './access/conditions.ts'
import type { AccessDecision } from './access/decision.ts'
import type { Endpoints } from './endpoints.ts'
import type { BindDraft, OwnDraft } from './routes/claimUses.ts'
import type { WithheldParameter } from './routes/parameters.ts'
import type { PathDraft } from './routes/path.ts'
import type { Disagreement, RouteOptions } from './selectors/layering.ts'
import type { Layer, Selection } from './selectors/selection.ts'
import type { ServiceSource } from './source.ts'

// Everything decided, right or wrong, with where it comes from. The checks refuse what is wrong; what they let through becomes
// the plan.

export interface RouteDraft {
  readonly id: string
  /** Key of the operation in its service's contract. */
  readonly key: string
  readonly operation: OperationModel
  readonly source: ServiceSource
  readonly layers: readonly Layer[]
  /** What the entries of `expose` say. */
  readonly options: RouteOptions
  /** What counts, inherited settings and defaults included. */
  readonly settings: ResolvedAt<'selector'>
  readonly disagreements: readonly Disagreement[]
  /** The most specific entry of `expose`. */
  readonly origin: Origin
  readonly method: Method
  readonly path: PathDraft
  readonly decision: AccessDecision
  readonly condition: ConditionDraft | null
  /** `null`: nobody decided. */
  readonly access: Access | null
  readonly binds: readonly BindDraft[]
  readonly owns: readonly OwnDraft[]
  readonly withheld: readonly WithheldParameter[]
  readonly request: RequestPolicy
  readonly credentials: readonly CredentialModel[]
  readonly endpoints: Endpoints
  readonly action: Pick<CallAction, 'method' | 'path'>
  readonly answers: AnswerPolicy
  /** ms. */
  readonly timeout: number
}

export interface ClientDraft {
  readonly model: Model
  readonly manifest: ClientManifest
  readonly selections: readonly Selection[]
  /** Those that the client uses and that exist, in the order written. */
  readonly authenticators: readonly AuthenticatorModel[]
  /** In code-unit order of path, then method. */
  readonly routes: readonly RouteDraft[]
  /** Operations that cannot be served, though asked for. */
  readonly unserved: readonly UnservedOperation[]
}

export interface UnservedOperation {
  readonly operation: OperationModel
  readonly source: ServiceSource
  readonly origin: Origin
}
