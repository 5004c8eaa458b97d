import type { Model, ServiceModel } from '../model/types.ts'

/**
 * The service of the model that a service of a plan stands for. The plan has one more for each of its operations' other addresses,
 * whose id is `<id>--<addresses>`.
 */
export function modelOf({ services }: Model, id: string): ServiceModel | undefined {
  const own = services.find((one) => one.id === id)
  if (own !== undefined) return own
  const longest = [...services].sort((a, b) => b.id.length - a.id.length)
  return longest.find((one) => id.startsWith(`${one.id}--`))
}
