import { expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { ShopRules, storedRules } from '#lib/shop-rules.ts'
import { auditLog } from '../audit-log/schema.ts'
import { db } from '../client.ts'
import { samplePermit } from '../testing/sample-permit.ts'
import { readShopRules } from './read-shop-rules.ts'
import { saveShopRules } from './save-shop-rules.ts'

const permit = samplePermit('settings.edit')
const AS_IT_CAME = storedRules(ShopRules.parse({}))

test('a shop without rows is as it came; a change is kept, logged, and seen by the next reader', async () => {
  expect(storedRules(await readShopRules())).toEqual(AS_IT_CAME)
  const mine = { ...AS_IT_CAME, refund_approval_fen: '120000', contact_email: 'hello@example.com' }
  expect(await saveShopRules(permit, mine, AS_IT_CAME)).toMatchObject({ ok: true })
  expect(await readShopRules()).toMatchObject({ refund_approval_fen: toFen(120_000n), shop_name: 'Comptoir' })
  expect(await db.select().from(auditLog)).toMatchObject([
    {
      action: 'settings.edit',
      before: { refund_approval_fen: AS_IT_CAME.refund_approval_fen, contact_email: '' },
      after: { refund_approval_fen: '120000', contact_email: 'hello@example.com' },
    },
  ])
  expect(await saveShopRules(permit, mine, mine)).toMatchObject({ error: { code: 'nothing_to_change' } })
})

test('of ten who change the same form one is served, and the others are told what it says by then', async () => {
  const seen = storedRules(await readShopRules())
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => saveShopRules(permit, { ...seen, shop_name: `Shop ${i}` }, seen)),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  const now = storedRules(await readShopRules())
  for (const answer of answers) if (!answer.ok) expect(answer.error).toEqual({ code: 'changed_meanwhile', now })
})
