import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Address, MOST_ADDRESSES } from '#lib/domain/address.ts'
import { accounts } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { findAddress, listAddresses } from './list-addresses.ts'
import { makeDefaultAddress, removeAddress, saveAddress } from './save-address.ts'

const addressAt = (house: number): Address => ({
  recipient: '林薇',
  phone: '+8613800138000',
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  district: '西湖区',
  street: `龙井路 ${house} 号`,
  street2: null,
  postcode: '310013',
})

async function newAccount(): Promise<string> {
  const [account] = await db
    .insert(accounts)
    .values({ email: `${randomUUID()}@example.com`, locale: 'en' })
    .returning()
  if (!account) throw new Error('no account')
  return account.id
}
async function save(accountId: string, house: number, asDefault = false) {
  const saved = await saveAddress({ accountId, id: null, address: addressAt(house), asDefault })
  if (!saved.ok) throw new Error(saved.error.code)
  return saved.value.id
}
const standing = async (accountId: string) =>
  (await listAddresses(accountId)).map(({ street, isDefault }) => `${street}${isDefault ? ' *' : ''}`)

test('the first is the default, another can be, and when it goes the oldest follows', async () => {
  const account = await newAccount()
  const first = await save(account, 1)
  const second = await save(account, 2)
  expect(await standing(account)).toEqual(['龙井路 1 号 *', '龙井路 2 号'])
  await makeDefaultAddress(account, second)
  expect(await standing(account)).toEqual(['龙井路 2 号 *', '龙井路 1 号'])
  const moved = await saveAddress({ accountId: account, id: second, address: addressAt(3), asDefault: false })
  expect(moved).toEqual({ ok: true, value: { id: second } })
  expect(await standing(account)).toEqual(['龙井路 3 号 *', '龙井路 1 号'])
  await removeAddress(account, second)
  expect(await standing(account)).toEqual(['龙井路 1 号 *'])
  await removeAddress(account, first)
  expect(await standing(account)).toEqual([])
})

test('whatever is done to a book, it has one default as long as it has an address', async () => {
  const act = fc.record({
    verb: fc.constantFrom('save', 'default', 'remove'),
    place: fc.nat(3),
    asDefault: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const account = await newAccount()
      for (const { verb, place, asDefault } of acts) {
        const chosen = (await listAddresses(account))[place]
        if (verb === 'save') await save(account, place, asDefault)
        else if (chosen && verb === 'default') await makeDefaultAddress(account, chosen.id)
        else if (chosen) await removeAddress(account, chosen.id)
        const book = await listAddresses(account)
        expect(book.filter(({ isDefault }) => isDefault)).toHaveLength(Math.min(1, book.length))
      }
    }),
    { numRuns: 20 },
  )
})

test('the same address twice is one, many at once are no more than fit', async () => {
  const account = await newAccount()
  expect(await save(account, 1)).toBe(await save(account, 1))
  const all = await Promise.all(
    Array.from({ length: MOST_ADDRESSES + 4 }, (_, house) =>
      saveAddress({ accountId: account, id: null, address: addressAt(house + 1), asDefault: house % 2 === 0 }),
    ),
  )
  expect(all.filter(({ ok }) => !ok)).toHaveLength(4)
  const book = await listAddresses(account)
  expect(book).toHaveLength(MOST_ADDRESSES)
  expect(book.filter(({ isDefault }) => isDefault)).toHaveLength(1)
})

test("somebody else's address can't be seen, changed, removed or made one's default", async () => {
  const [mine, theirs] = [await newAccount(), await newAccount()]
  const id = await save(mine, 1)
  expect(await findAddress(mine, id)).not.toBeNull()
  expect(await findAddress(theirs, id)).toBeNull()
  const stolen = await saveAddress({ accountId: theirs, id, address: addressAt(9), asDefault: true })
  expect(stolen).toEqual({ ok: false, error: { code: 'unknown_address' } })
  await removeAddress(theirs, id)
  await makeDefaultAddress(theirs, id)
  expect(await standing(mine)).toEqual(['龙井路 1 号 *'])
  expect(await standing(theirs)).toEqual([])
})
