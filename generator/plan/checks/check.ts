import type { Model } from '../../model/types.ts'
import type { Code, Report } from '../../support/index.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'

/** One error or warning of a check. Its code is that of the check. */
export type Finding = Omit<Report, 'code'>

/** One check: what it is applied to, and how it finds errors. */
export type Check =
  | { readonly of: 'manifest'; find(clients: readonly ClientDraft[], model: Model): readonly Finding[] }
  | { readonly of: 'client'; find(client: ClientDraft): readonly Finding[] }
  | { readonly of: 'route'; find(route: RouteDraft, client: ClientDraft): readonly Finding[] }

/** Checks by code. */
export type Checks = Readonly<Partial<Record<Code, Check>>>
