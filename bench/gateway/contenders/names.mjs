// The names of the contenders that scenarios speak of.

export const bare = 'bare proxy'
export const tuned = 'bare proxy, tuned'
export const emitted = 'emitted gateway'
export const manyRoutes = 'emitted gateway, 10,000 routes'
export const haproxy = 'HAProxy with jwt_verify'
export const fastify = 'Fastify by hand'
export const express = 'Express by hand'
export const krakend = 'KrakenD'
