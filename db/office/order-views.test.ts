import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { EVERY_ORDER } from '#lib/domain/order-list.ts'
import { grantPermit, type Role } from '#lib/domain/permissions.ts'
import { deleteView } from './delete-view.ts'
import { listViews } from './list-views.ts'
import { saveView, VIEWS_AT_MOST } from './save-view.ts'

function somebody(role: Role) {
  const permit = grantPermit({ staffId: randomUUID(), name: role, roles: [role] }, 'orders.read')
  if (!permit) throw new Error(`${role} may not read orders`)
  return permit
}
const namesOf = async (permit: ReturnType<typeof somebody>) => (await listViews(permit)).map(({ name }) => name)
const TO_SEND = { ...EVERY_ORDER, toSend: true }

test('a list is its owner’s until it is shared, and its name says it anew', async () => {
  const [mei, jun] = [somebody('orders'), somebody('support')]
  await saveView(mei, { name: 'Paris', filter: { ...EVERY_ORDER, text: 'Paris' }, shared: false })
  await saveView(mei, { name: 'Today', filter: TO_SEND, shared: true })
  await saveView(jun, { name: 'Today', filter: EVERY_ORDER, shared: false })
  expect(await namesOf(mei)).toEqual(['Paris', 'Today'])
  expect(await namesOf(jun)).toEqual(['Today', 'Today'])

  await saveView(mei, { name: 'Paris', filter: TO_SEND, shared: true })
  const [paris] = await listViews(jun)
  expect(paris).toMatchObject({ name: 'Paris', filter: TO_SEND, shared: true, own: false })
})

test('somebody else’s list is deleted by nobody, a shared one by an owner of the shop as well', async () => {
  const [mei, jun, owner] = [somebody('orders'), somebody('orders'), somebody('owner')]
  for (const shared of [true, false]) await saveView(mei, { name: `shared ${shared}`, filter: EVERY_ORDER, shared })
  const [hidden, open] = (await listViews(mei)).filter(({ own }) => own).map(({ id }) => id)
  for (const id of [hidden ?? '', open ?? '', randomUUID()])
    expect(await deleteView(jun, id)).toMatchObject({ error: { code: 'unknown_view' } })
  expect(await deleteView(owner, hidden ?? '')).toMatchObject({ ok: false })
  expect(await deleteView(owner, open ?? '')).toMatchObject({ value: { name: 'shared true' } })
  expect(await deleteView(mei, hidden ?? '')).toMatchObject({ ok: true })
})

test(`nobody keeps more than ${VIEWS_AT_MOST}, also not two at once`, async () => {
  const mei = somebody('orders')
  const saved = await Promise.all(
    Array.from({ length: VIEWS_AT_MOST + 2 }, (_, n) =>
      saveView(mei, { name: `List ${n}`, filter: EVERY_ORDER, shared: false }),
    ),
  )
  expect(saved.filter(({ ok }) => ok)).toHaveLength(VIEWS_AT_MOST)
  expect((await listViews(mei)).filter(({ own }) => own)).toHaveLength(VIEWS_AT_MOST)
})
