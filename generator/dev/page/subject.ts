import type { Model } from '../../model/index.ts'
import type { ClientPlan, Plan } from '../../plan/types.ts'
import type { RunningClient } from '../runningClient.ts'
import type { System } from '../system.ts'
import type { DevelopmentUser } from '../users.ts'

/** What the page shows. `model` and `plan` are those of the last successful run. */
export interface Subject {
  readonly system: System
  readonly model: Model
  readonly plan: Plan
}

/** A gateway that runs, and its plan. */
export interface Gateway {
  readonly running: RunningClient
  readonly planned: ClientPlan
}

export function gatewayOf({ system, plan }: Subject, id: string): Gateway | null {
  const running = system.clients.find((one) => one.id === id)
  const planned = plan.clients.find((one) => one.id === id)
  return running === undefined || planned === undefined ? null : { running, planned }
}

export function userOf({ system }: Subject, name: string): DevelopmentUser | null {
  return system.users.find((one) => one.name === name) ?? null
}
