export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Half of the interquartile range, as a part of the median. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part) => sorted[Math.round((sorted.length - 1) * part)]
  return (at(0.75) - at(0.25)) / 2 / median(sorted)
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
