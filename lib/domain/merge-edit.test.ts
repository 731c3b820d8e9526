import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeEdit } from './merge-edit.ts'

test.each([
  ['nobody changed it', 'a', 'a', 'a', { shown: 'a', taken: [], clashes: [] }],
  ['only I changed it', 'a', 'mine', 'a', { shown: 'mine', taken: [], clashes: [] }],
  ['only the other did', 'a', 'a', 'theirs', { shown: 'theirs', taken: ['name'], clashes: [] }],
  ['both did', 'a', 'mine', 'theirs', { shown: 'mine', taken: [], clashes: [{ field: 'name', now: 'theirs' }] }],
  ['both wrote the same', 'a', 'same', 'same', { shown: 'same', taken: [], clashes: [] }],
  ['the other emptied it', 'a', 'a', '', { shown: '', taken: ['name'], clashes: [] }],
])('%s', (_, base, typed, now, { shown, taken, clashes }) => {
  expect(mergeEdit({ name: base }, { name: typed }, { name: now })).toEqual({ fields: { name: shown }, taken, clashes })
})

const fields = fc.record({ a: fc.constantFrom('', '1', '2'), b: fc.constantFrom('', '1', '2') })

test('nothing that was typed is lost, and nothing that another wrote is overwritten unseen', () => {
  fc.assert(
    fc.property(fields, fields, fields, (base, typed, now) => {
      const merged = mergeEdit(base, typed, now)
      for (const field of ['a', 'b'] as const) {
        if (typed[field] !== base[field]) expect(merged.fields[field]).toBe(typed[field])
        if (merged.fields[field] !== now[field] && now[field] !== base[field])
          expect(merged.clashes).toContainEqual({ field, now: now[field] })
      }
    }),
  )
})
