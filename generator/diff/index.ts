export { type AccessChanges, accessRows, diffAccess, type Narrowing, type Widening } from './access.ts'
export { type ClientChanges, changesOf, unchanged } from './changes.ts'
export { type Change, type ContractChanges, diffContracts, type RouteChange } from './contract.ts'
