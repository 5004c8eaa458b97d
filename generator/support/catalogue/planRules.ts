import type { CatalogueEntry } from './entry.ts'

/** Named rules, and exceptions of selectors: 35xx. */
export const planRulesCatalogue = {
  GW3500: {
    severity: 'error',
    title: 'An entry names a rule that does not exist',
    remedy: 'Write the rule in `rules`, or correct its name.',
  },
  GW3501: {
    severity: 'error',
    title: 'A rule is undecided',
    remedy: 'Write who may call in place of `undecided`.',
  },
  GW3502: {
    severity: 'warning',
    title: 'A rule that no entry names',
    remedy: 'Name it in `access` of an entry, or remove it.',
  },
  GW3503: {
    severity: 'error',
    title: '`except` in an external client',
    remedy: 'Name the operations of an external client one by one.',
  },
  GW3504: {
    severity: 'error',
    title: '`except` names no operation of its entry',
    remedy: 'Correct the selector, or remove it.',
  },
  GW3505: {
    severity: 'error',
    title: '`except` beside a selector of one operation',
    remedy: 'Remove `except`.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
