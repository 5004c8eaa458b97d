import type { Exchange } from '../exchange/exchange.ts'
import type { OwnEndpoints } from '../own/index.ts'
import { isPreflight } from '../steps/preflight.ts'
import type { Way } from './table.ts'

/** Chooses the way of a request after its path is set. Not used for upgrades: the server separates them. */
export type ChooseWay = (exchange: Exchange) => Exclude<Way, 'upgrade'>

/** `crossOrigin`: whether the client has cross-origin access; without it preflights are handled like other requests. */
export function createChooseWay(own: OwnEndpoints, crossOrigin: boolean): ChooseWay {
  return (exchange) => {
    if (own.has(exchange.path)) return 'own'
    return crossOrigin && isPreflight(exchange) ? 'preflight' : 'request'
  }
}
