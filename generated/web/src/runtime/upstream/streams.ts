import type { Observer } from '../observe/observer.ts'

/** Event streams under way, each as what ends it. */
export interface EventStreams {
  add(end: () => void): unknown
  delete(end: () => void): unknown
}

/** The event streams of a gateway: they would not end by themselves, so a gateway that shuts down ends them. */
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
