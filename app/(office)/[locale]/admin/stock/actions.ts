'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { correctStock } from '#db/stock/desk/correct-stock.ts'
import { receiveGoods } from '#db/stock/desk/receive-goods.ts'
import { setLowAt } from '#db/stock/desk/set-low-at.ts'
import { deliveryField, skuField, unitsField } from '#lib/catalog/product-form.ts'
import { STOCK_REASONS, type StockReason } from '#lib/domain/stock-reasons.ts'
import { answerEdit } from '../products/answer-edit.ts'

const note = z.string().trim().max(200)
const reasons = Object.keys(STOCK_REASONS) as [StockReason, ...StockReason[]]

export const correctStockAction = staffAction(
  'stock.adjust',
  z.object({ sku: skuField, reason: z.enum(reasons), units: unitsField, onHandSeen: unitsField, note }),
  async (fields, { permit, locale }) => answerEdit(locale, await correctStock(permit, fields), 'saved'),
)

export const setLowAtAction = staffAction(
  'stock.adjust',
  z.object({ sku: skuField, lowAt: z.union([z.literal('').transform(() => null), unitsField]) }),
  async (fields, { permit, locale }) => answerEdit(locale, await setLowAt(permit, fields), 'saved'),
)

export const receiveGoodsAction = staffAction(
  'stock.adjust',
  z.object({ lines: deliveryField, note }),
  async (fields, { permit, locale }) => answerEdit(locale, await receiveGoods(permit, fields), 'received'),
)
