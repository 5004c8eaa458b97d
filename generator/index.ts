export type { AccessChanges, Change, ClientChanges, ContractChanges, RouteChange, Widening } from './diff/index.ts'
export {
  type About,
  type ClientResult,
  type InMemoryOptions,
  type OutputOptions,
  type Run,
  type RunOptions,
  run,
  type Stage,
} from './run.ts'
export {
  type Code,
  catalogue,
  type Diagnostic,
  type Diagnostics,
  type Locator,
  type Origin,
  type Paint,
  type Place,
  renderDiagnostic,
  type Severity,
  type StageResult,
  sortedByPlace,
  summary,
} from './support/index.ts'
export type { Comparison, Difference, Written } from './write/index.ts'
