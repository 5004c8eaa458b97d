import { getHeapStatistics } from 'node:v8'
import type { Gateway, Route } from '../vocabulary.ts'
import { isJson } from '../words/mediaTypes.ts'

/** The share of the heap's limit that bodies and answers may take; they are outside of the heap, but what checks and prints them is in it. */
const share = 16

/**
 * Bytes that a gateway holds at most for bodies and answers that are not passed on as they arrive (rule F27). One caller gets half of
 * them, so they are at least twice what the largest request of a route needs.
 */
export function mostHeld({ client, services, routes }: Pick<Gateway, 'client' | 'services' | 'routes'>): number {
  const needs = routes.map((route) => {
    const answer = services[route.action.service]?.maxAnswer ?? 0
    return answer + (isHeld(route) ? route.request.maxBody : 0)
  })
  const least = 2 * needs.reduce((most, need) => Math.max(most, need), 0)
  return Math.max(client.maxHeld ?? Math.floor(getHeapStatistics().heap_size_limit / share), least)
}

/** Whether some bodies of a route are read whole. */
function isHeld({ request }: Route): boolean {
  return (request.body ?? []).some((type) => {
    const essence = type.split(';', 1)[0]?.trim().toLowerCase() ?? ''
    return isJson(essence) || readTypes.test(essence)
  })
}

const readTypes = /^(?:text\/|multipart\/(?:form-data|\*)$|application\/(?:x-www-form-urlencoded|\*)$|\*\/\*)/
