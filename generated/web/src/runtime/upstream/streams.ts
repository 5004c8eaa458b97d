import type { Observer } from '../observe/observer.ts'

/** The open event streams, each represented by the function that ends it. */
export interface EventStreams {
  add(end: () => void): unknown
  delete(end: () => void): unknown
}

/** The open event streams of a gateway. They do not end by themselves, so shutdown ends them. */
export interface EndableStreams extends EventStreams {
  endAll(): void
}

export function createEventStreams(observer: Pick<Observer, 'streamOpened' | 'streamClosed'>): EndableStreams {
  const streams = new Set<() => void>()
  return {
    add(end) {
      streams.add(end)
      observer.streamOpened(streams.size)
    },
    delete(end) {
      if (streams.delete(end)) observer.streamClosed(streams.size)
    },
    endAll() {
      for (const end of streams) end()
    },
  }
}
