export { type ClientOutcome, type Outcome, outcomeOf, recall, remember } from './remembering.ts'
