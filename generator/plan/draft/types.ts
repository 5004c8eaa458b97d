import type { Access, AnswerPolicy, CallAction, Method, RequestPolicy } from '../../../templates/runtime/vocabulary.ts'
import type { AuthenticatorModel, ClientManifest, CredentialModel, Model, OperationModel } from '../../model/types.ts'
import type { ResolvedAt } from '../../settings/index.ts'
import type { Origin } from '../../support/index.ts'
import type { ConditionDraft } from './access/conditions.ts'
import type { AccessDecision } from './access/decision.ts'
import type { Endpoints } from './endpoints.ts'
import type { HeadDraft } from './head.ts'
import type { BindDraft, OwnDraft } from './routes/claimUses.ts'
import type { WithheldParameter } from './routes/parameters.ts'
import type { PathDraft } from './routes/path.ts'
import type { Disagreement, RouteOptions } from './selectors/layering.ts'
import type { Layer, Selection } from './selectors/selection.ts'
import type { ServiceSource } from './source.ts'

// All decisions, valid or not, with their origins. The checks report the invalid ones; without errors, the drafts become the plan.

export interface RouteDraft {
  readonly id: string
  /** Key of the operation in its service's contract. */
  readonly key: string
  readonly operation: OperationModel
  readonly source: ServiceSource
  readonly layers: readonly Layer[]
  /** The merged options of the entries of `expose`. */
  readonly options: RouteOptions
  /** The effective settings, with inherited ones and defaults. */
  readonly settings: ResolvedAt<'selector'>
  readonly disagreements: readonly Disagreement[]
  /** The most specific entry of `expose`. */
  readonly origin: Origin
  readonly method: Method
  readonly path: PathDraft
  readonly decision: AccessDecision
  readonly condition: ConditionDraft | null
  /** `null`: neither spec nor manifest decides. */
  readonly access: Access | null
  readonly binds: readonly BindDraft[]
  readonly owns: readonly OwnDraft[]
  readonly withheld: readonly WithheldParameter[]
  readonly request: RequestPolicy
  /** What the service is sent. */
  readonly credentials: readonly CredentialModel[]
  /** The credentials of the service that are not sent, because the document asks for none. */
  readonly unsent: readonly CredentialModel[]
  readonly endpoints: Endpoints
  readonly action: Pick<CallAction, 'method' | 'path' | 'reserved'>
  readonly answers: AnswerPolicy
}

export interface ClientDraft {
  readonly model: Model
  readonly manifest: ClientManifest
  readonly selections: readonly Selection[]
  /** Existing authenticators that the client names, in the order written. */
  readonly authenticators: readonly AuthenticatorModel[]
  /** In code-unit order of path, then method. */
  readonly routes: readonly RouteDraft[]
  /** Limits of the head of requests. */
  readonly head: HeadDraft<RouteDraft>
  /** Exposed operations that cannot be served. */
  readonly unserved: readonly UnservedOperation[]
}

export interface UnservedOperation {
  readonly operation: OperationModel
  readonly source: ServiceSource
  readonly origin: Origin
}
