export { type CatalogueEntry, type Code, catalogue } from './catalogue.ts'
export { type Diagnostic, Diagnostics, type Report, type Severity } from './diagnostics.ts'
export { compareText, sortedBy } from './order.ts'
export { below, keyOf, type Locator, type Origin, type Place } from './origin.ts'
