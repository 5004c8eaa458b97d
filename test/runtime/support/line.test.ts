import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InLine, Line } from '../../../templates/runtime/support/line.ts'

class Named extends InLine {
  readonly name: number
  constructor(name: number) {
    super()
    this.name = name
  }
}
const item = (name: number) => new Named(name)

test('items come out in the order in which they joined', () => {
  const line = new Line<Named>()
  const items = [1, 2, 3].map(item)
  for (const each of items) line.join(each)
  expect(line.length).toBe(3)
  expect([line.next(), line.next(), line.next(), line.next()]).toEqual([...items, null])
  expect(line.length).toBe(0)
})

test('an item leaves once, and only its own line', () => {
  const [line, other] = [new Line<Named>(), new Line<Named>()]
  const [a, b] = [item(1), item(2)]
  line.join(a)
  other.join(b)
  expect([line.leave(b), line.leave(a), line.leave(a), line.next()]).toEqual([false, true, false, null])
  other.leave(b)
  line.join(b)
  expect(line.next()).toBe(b)
})

test('it behaves as a set, whatever joins and leaves', () => {
  const step = fc.oneof(fc.constant('join'), fc.constant('next'), fc.nat({ max: 20 }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [line, set] = [new Line<Named>(), new Set<Named>()]
      const made: Named[] = []
      for (const each of steps) {
        if (each === 'join') {
          const added = item(made.length)
          made.push(added)
          line.join(added)
          set.add(added)
        } else if (each === 'next') {
          const [first = null] = set
          if (first !== null) set.delete(first)
          expect(line.next()).toBe(first)
        } else {
          const one = made[each]
          if (one !== undefined) expect(line.leave(one)).toBe(set.delete(one))
        }
        expect(line.length).toBe(set.size)
      }
    }),
  )
})
