import type { Client, Dispatcher } from 'undici'
import { InLine, Line } from '../support/line.ts'

/** What is used of undici's `Client`: one connection, opened when it is needed. */
export type OneConnection = Pick<Client, 'dispatch' | 'destroy' | 'on' | 'stats'>

/** A connection of an address. It is in a line while no call has it. */
class Connection extends InLine {
  readonly client: OneConnection
  lost = false

  constructor(client: OneConnection) {
    super()
    this.client = client
  }
}

interface Call {
  readonly options: Dispatcher.DispatchOptions
  readonly handler: Dispatcher.DispatchHandler
}

/**
 * The connections of one address. A free one is found in constant time: undici's `Pool` looks at one connection after another, which took
 * 100 µs for each request beside 2,000 open streams. The connection that was used last is taken first, so that those that are not needed
 * reach their idle timeout (rule F4), and are given up then: a closed one keeps 7 KB.
 */
export class Connections {
  readonly #most: number
  readonly #create: () => OneConnection
  readonly #all = new Set<Connection>()
  /** Free connections, the one used last at the end. */
  readonly #idle = new Line<Connection>()
  /** Calls that wait until a connection is free: undici keeps one until the next turn of the event loop after its call. */
  readonly #waiting: Call[] = []
  /** Refuses calls after `destroy`. */
  #destroyed: OneConnection | null = null

  /** `most`: maximum number of connections. */
  constructor(most: number, create: () => OneConnection) {
    this.#most = most
    this.#create = create
  }

  /** Sends a request. Errors go to the handler. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    if (this.#destroyed !== null) {
      this.#destroyed.dispatch(options, handler)
      return
    }
    const connection = this.#idle.takeLast() ?? (this.#all.size < this.#most ? this.#add() : null)
    if (connection === null) this.#waiting.push({ options, handler })
    else this.#send(connection, options, handler)
  }

  /** Ends all calls with an error. */
  async destroy(): Promise<void> {
    if (this.#destroyed !== null) return
    const last = this.#create()
    this.#destroyed = last
    const clients = [last, ...Array.from(this.#all, ({ client }) => client)]
    const ends = clients.map((client) => client.destroy())
    for (const { options, handler } of this.#waiting.splice(0)) last.dispatch(options, handler)
    await Promise.all(ends)
  }

  #send(connection: Connection, options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const { client } = connection
    // A request that undici refuses is over already. After all others there is the event `drain`.
    if (!client.dispatch(options, handler) && client.stats.size === 0) this.#free(connection)
  }

  #free(connection: Connection): void {
    if (connection.lost || connection.line !== null) return
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.join(connection)
    else this.#send(connection, next.options, next.handler)
  }

  #add(): Connection {
    const connection = new Connection(this.#create())
    this.#all.add(connection)
    connection.client
      .on('drain', () => this.#free(connection))
      .on('disconnect', () => {
        // undici opens it again for a call that has just begun, or was ended by `abort`; the event `drain` comes after that.
        if (connection.client.stats.size === 0) this.#lose(connection)
      })
      // undici may take the failed call for one in progress, and would never end it.
      .on('connectionError', () => this.#lose(connection))
    return connection
  }

  /** Gives up a connection that is closed, or could not be opened. */
  #lose(connection: Connection): void {
    connection.lost = true
    this.#idle.leave(connection)
    this.#all.delete(connection)
    const next = this.#waiting.shift()
    if (next !== undefined) this.dispatch(next.options, next.handler)
  }
}
