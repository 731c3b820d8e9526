import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FulfilmentState, nextFulfilmentState } from './fulfilment-state.ts'
import {
  decideShipment,
  fulfilmentEvents,
  fulfilmentOf,
  type LineOnTheWay,
  unitsGivenUp,
  unitsToSend,
} from './shipment.ts'

const line = (over: Partial<LineOnTheWay> = {}): LineOnTheWay => ({
  position: 0,
  ordered: 3,
  sent: 0,
  forgone: 0,
  cameBack: 0,
  askedBack: 0,
  ...over,
})

const states: [what: string, lines: LineOnTheWay[], delivered: boolean[], state: FulfilmentState][] = [
  ['nothing sent', [line()], [], 'unfulfilled'],
  ['paid back before it was sent', [line({ forgone: 3 })], [], 'unfulfilled'],
  ['some of a line', [line({ sent: 1 })], [false], 'partial'],
  ['some of it and it arrived', [line({ sent: 1 })], [true], 'partial'],
  ['one of two lines', [line({ sent: 3 }), line({ position: 1 })], [false], 'partial'],
  ['some sent, the rest paid back', [line({ sent: 1, forgone: 2 })], [false], 'shipped'],
  ['two parcels, one there', [line({ sent: 3 })], [true, false], 'shipped'],
  ['both there', [line({ sent: 3 })], [true, true], 'delivered'],
  ['one piece came back', [line({ sent: 3, cameBack: 1 })], [true], 'delivered'],
  ['all came back, unopened', [line({ sent: 3, cameBack: 3 })], [false], 'returned'],
]
test.each(states)('%s', (_, lines, delivered, state) => {
  expect(
    fulfilmentOf(
      lines,
      delivered.map((there) => ({ delivered: there })),
    ),
  ).toBe(state)
})

test('whatever is sent, paid back, undone, delivered and returned: the events lead to what lines and parcels tell', () => {
  const step = fc.record({
    kind: fc.constantFrom('ship', 'undo', 'deliver', 'pay_back', 'fail', 'come_back' as const),
    quantity: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let goods = line({ ordered: 4 })
      let parcels: { quantity: number; delivered: boolean }[] = []
      let state: FulfilmentState = 'unfulfilled'
      for (const { kind, quantity } of steps) {
        const move = (cause: Parameters<typeof fulfilmentEvents>[2]) => {
          const target = fulfilmentOf([goods], parcels)
          for (const event of fulfilmentEvents(state, target, cause)) {
            const next = nextFulfilmentState(state, event)
            if (next === null) throw new Error(`${state} + ${event}`)
            state = next
          }
          expect(state).toBe(target)
        }
        const last = parcels.at(-1)
        if (kind === 'ship' && decideShipment([goods], [{ position: 0, quantity }]).ok) {
          goods = { ...goods, sent: goods.sent + quantity }
          parcels = [...parcels, { quantity, delivered: false }]
          move('shipped')
        } else if (kind === 'undo' && last && !last.delivered && goods.sent - last.quantity >= goods.cameBack) {
          goods = { ...goods, sent: goods.sent - last.quantity }
          parcels = parcels.slice(0, -1)
          move('undone')
        } else if (kind === 'deliver' && last && !last.delivered) {
          parcels = [...parcels.slice(0, -1), { ...last, delivered: true }]
          move('delivered')
        } else if (kind === 'pay_back') {
          goods = { ...goods, forgone: goods.forgone + unitsGivenUp(goods, quantity) }
          move('money')
        } else if (kind === 'fail' && goods.forgone > 0) {
          goods = { ...goods, forgone: goods.forgone - 1 }
          move('money')
        } else if (kind === 'come_back' && goods.cameBack < goods.sent) {
          goods = { ...goods, cameBack: goods.cameBack + 1 }
          move('came_back')
        }
        expect(unitsToSend(goods)).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})

test('units that a shopper asked back are not packed, the others are', () => {
  const asked = line({ askedBack: 2 })
  expect(decideShipment([asked], [{ position: 0, quantity: 1 }])).toMatchObject({ ok: true })
  expect(decideShipment([asked], 'rest')).toEqual({ ok: false, error: { code: 'asked_back', position: 0, left: 1 } })
})
