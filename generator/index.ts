export type { AccessChanges, Widening } from './diff/index.ts'
export { type ClientResult, type GenerateOptions, generate, type Result, type Stage } from './run.ts'
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
  sortedByPlace,
  summary,
} from './support/index.ts'
export type { Comparison, Difference, Written } from './write/index.ts'
