export function median(values) {
  return quantile(values, 0.5)
}

/** A value below which a part of the values lie, interpolated: 0.25 gives the first quartile. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const below = Math.floor(place)
  return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below])
}

/** The interquartile range, as a part of the median. */
export function spread(values) {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / median(values)
}

/** Least squares: `y = base + slope * x`, and the part of the variance that this explains (R²). */
export function linearFit(points) {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const sum = (of) => points.reduce((total, point) => total + of(point.x - x, point.y - y), 0)
  const slope = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx)
  const base = y - slope * x
  const residual = points.reduce((total, point) => total + (point.y - base - slope * point.x) ** 2, 0)
  return { base, slope, r2: 1 - residual / sum((_, dy) => dy * dy) }
}

export function round(value, digits) {
  return Number(value.toFixed(digits))
}
