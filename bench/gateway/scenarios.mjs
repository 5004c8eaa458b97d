import { bare, emitted, express, fastify, haproxy, krakend, manyRoutes, tuned } from './contenders/names.mjs'
import { requests } from './requests.mjs'

// A scenario has `entries`, which take turns: a contender and the load that it gets. `null`: all contenders, each with the ordinary load.
// `ratios` are targets for the processor time of one entry by that of another in the same round; the first is the scenario's row in the
// table. `memory` are targets in megabytes, where `over` is given for what an entry has more than another. Limits are by version of Node.js.

const ordinary = { connections: 32, tokens: 1, request: requests.order }
const usual = { 20: 1.6, 24: 1.5 }
/** Where less, or more, than the base is in progress at a time, the policy costs a larger part. */
const farFromBase = { 20: 1.9, 24: 1.9 }

const base = {
  name: 'base',
  entries: null,
  ratios: [
    { of: emitted, to: bare, limits: { 20: 1.5, 24: 1.42 } },
    { of: emitted, to: tuned, limits: { 20: 2, 24: 2 } },
    { of: emitted, to: haproxy, limits: { 24: 1.1 } },
    { of: emitted, to: fastify, limits: { 20: 0.8, 24: 0.8 } },
    { of: emitted, to: express, limits: { 20: 0.25, 24: 0.35 } },
    { of: emitted, to: krakend, limits: { 20: 0.35, 24: 0.35 } },
    { of: emitted, to: 'fast-gateway', limits: { 20: 1, 24: 1 } },
    { of: emitted, to: 'http-proxy-middleware', limits: { 20: 0.5, 24: 0.5 } },
  ],
  memory: [{ of: emitted, limits: { 20: 150, 24: 170 } }],
}

/** The emitted gateway and the bare proxy, with one thing changed for both. */
function varied(name, change, limits = usual) {
  const entries = [bare, emitted].map((contender) => entry(contender, { ...ordinary, ...change }))
  return { name, entries, ratios: [{ of: emitted, to: bare, limits }], memory: [] }
}

function entry(contender, load, name = contender) {
  return { name, contender, load }
}

const tokens = varied('20,000 tokens in turn', { tokens: 20_000 })
const oneToken = 'emitted gateway, one token'

const post = varied('POST of 600 bytes', { request: requests.create })

export const scenarios = [
  base,
  varied('4 connections', { connections: 4 }, farFromBase),
  varied('300 connections', { connections: 300 }, { 20: 1.5, 24: 1.5 }),
  varied('1,000 connections', { connections: 1_000 }, farFromBase),
  {
    ...tokens,
    entries: [...tokens.entries, entry(emitted, ordinary, oneToken)],
    ratios: [...tokens.ratios, { of: emitted, to: oneToken, limits: { 20: 1.1, 24: 1.1 } }],
    memory: [{ of: emitted, over: oneToken, limits: { 20: 60, 24: 60 } }],
  },
  varied('JSON with blanks', { request: requests.spaced }),
  varied('JSON with an escape', { request: requests.escaped }),
  varied('JSON with umlauts', { request: requests.umlauts }),
  varied("a browser's header fields", { request: requests.browser }),
  { ...post, entries: [...post.entries, entry(tuned, post.entries[0].load)] },
  varied('answers of 1 MB, 8 connections', { request: requests.list, connections: 8 }, { 20: 12, 24: 12 }),
  {
    name: '10,000 routes',
    entries: [bare, emitted, manyRoutes].map((contender) => entry(contender, ordinary)),
    ratios: [
      { of: manyRoutes, to: bare, limits: usual },
      { of: manyRoutes, to: emitted, limits: { 20: 1.15, 24: 1.15 } },
    ],
    memory: [],
  },
]

/** What a run measures: the scenarios whose name contains `scenario`, and those contenders of the base whose name contains `only`. */
export function chosen({ scenario, only }, contenders) {
  const shown = contenders.filter((name) => [bare, emitted].includes(name) || contains(name, only))
  return scenarios
    .filter(({ name }) => contains(name, scenario))
    .map((one) => ({
      ...one,
      entries: one.entries ?? shown.filter((name) => name !== manyRoutes).map((name) => entry(name, ordinary)),
    }))
}

/** Upper and lower case are the same. */
function contains(name, text) {
  return name.toLowerCase().includes(text.toLowerCase())
}
