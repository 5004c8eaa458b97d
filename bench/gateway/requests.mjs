import { list, target } from '../support/orders/specification.mjs'
import { order, padded } from './answers.mjs'

/** What the load can send. `path` depends on the number of routes that the gateway has; `contains` is a text of the right answer. */
export const requests = {
  order: get('ord_7f3k9q2m'),
  spaced: get('ord_spaced00'),
  escaped: get('ord_escaped0'),
  umlauts: get('ord_umlauts0'),
  browser: { ...get('ord_7f3k9q2m'), fields: browserFields() },
  list: { method: 'GET', path: () => list, fields: {}, body: '', contains: 'ord_7f3k9q2m' },
  create: {
    method: 'POST',
    path: () => list,
    fields: { 'content-type': 'application/json' },
    body: newOrder(),
    contains: 'ord_7f3k9q2m',
  },
}

function get(id) {
  return { method: 'GET', path: (routes) => target(routes, id), fields: {}, body: '', contains: 'Punched cards' }
}

/** 600 bytes. */
function newOrder() {
  const { currency, shippingAddress, items, tags } = order
  return padded({ currency, shippingAddress, items, tags, note: '' }, JSON.stringify, 600).toString()
}

/** What Chrome sends with `fetch` to its own origin, besides `Host`, `Connection` and `Authorization`. */
function browserFields() {
  return {
    'sec-ch-ua-platform': '"Windows"',
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
    accept: 'application/json, text/plain, */*',
    'sec-ch-ua': '"Not)A;Brand";v="8", "Chromium";v="138", "Google Chrome";v="138"',
    dnt: '1',
    'sec-ch-ua-mobile': '?0',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
    referer: 'https://shop.example.com/account/orders/ord_7f3k9q2m',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    priority: 'u=1, i',
  }
}
