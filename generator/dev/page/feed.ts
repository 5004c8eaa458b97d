import type { LogEntry } from '../logEntry.ts'

/** What the page is told while it is open: lines of logs, and that the gateways were generated again. */
export type News = LogEntry | { readonly kind: 'changed' }

export interface Feed {
  add(news: News): void
  /** Calls back with the recent entries, then with each new one. Returns the function that ends it. */
  follow(callback: (news: News) => void): () => void
}

/** Entries that are kept for pages that are opened later. */
const mostKept = 300

export function createFeed(): Feed {
  const kept: LogEntry[] = []
  const followers = new Set<(news: News) => void>()
  return {
    add(news) {
      if (news.kind !== 'changed') {
        kept.push(news)
        if (kept.length > mostKept) kept.shift()
      }
      for (const follower of followers) follower(news)
    },
    follow(callback) {
      for (const entry of kept) callback(entry)
      followers.add(callback)
      return () => followers.delete(callback)
    },
  }
}
