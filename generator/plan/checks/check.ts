import type { Model } from '../../model/types.ts'
import type { Code, Report } from '../../support/index.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'

/** What a check says, once for each thing that is wrong; the code is the check's own. */
export type Finding = Omit<Report, 'code'>

/** One refusal: what it looks at, and what of it is wrong. */
export type Check =
  | { readonly of: 'manifest'; find(clients: readonly ClientDraft[], model: Model): readonly Finding[] }
  | { readonly of: 'client'; find(client: ClientDraft): readonly Finding[] }
  | { readonly of: 'route'; find(route: RouteDraft, client: ClientDraft): readonly Finding[] }

/** The checks, each under its code. */
export type Checks = Readonly<Partial<Record<Code, Check>>>
