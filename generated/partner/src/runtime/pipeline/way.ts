import type { Exchange } from '../exchange/exchange.ts'
import type { OwnEndpoints } from '../own/index.ts'
import { isPreflight } from '../steps/preflight.ts'
import type { Way } from './table.ts'

/** Says which way a request takes, once it has a path. Upgrades do not come here: the server tells them apart. */
export type ChooseWay = (exchange: Exchange) => Exclude<Way, 'upgrade'>

/** `crossOrigin`: whether the client has cross-origin access; without it preflights are requests like others. */
export function createChooseWay(own: OwnEndpoints, crossOrigin: boolean): ChooseWay {
  return (exchange) => {
    if (own.has(exchange.path)) return 'own'
    return crossOrigin && isPreflight(exchange) ? 'preflight' : 'request'
  }
}
