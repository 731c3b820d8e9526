'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { type AskRequestError, askRequest } from '#db/after-sales/ask-request.ts'
import { withdrawRequest } from '#db/after-sales/withdraw-request.ts'
import { dropPhotos, type KeptPhoto, keepPhoto, type PhotoRefusal } from '#lib/after-sales/photo-files.ts'
import { AFTER_SALE_KINDS, ALL_AFTER_SALE_REASONS, MOST_PHOTOS, MOST_WORDS } from '#lib/domain/after-sale-request.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { refused } from '#lib/doors/answer.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { translator } from '#lib/i18n/translator.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { keyedOrder, OrderKeyFields } from './keyed-order.ts'

const Units = z.array(z.coerce.number().int().min(0).max(99)).min(1).max(200)

/** Takes what a shopper asks for after the sale, with photographs. */
export const askRequestAction = publicAction(
  OrderKeyFields.extend({
    requestId: z.uuid(),
    kind: z.enum(AFTER_SALE_KINDS),
    reason: z.enum(ALL_AFTER_SALE_REASONS),
    position: Units,
    quantity: Units,
    words: z.string().max(MOST_WORDS),
    photo: z.array(z.instanceof(File)).max(MOST_PHOTOS, 'requests.errors.tooManyPhotos').optional(),
  }),
  async ({ requestId, kind, reason, position, quantity, words, photo = [], ...key }, { locale, path }) => {
    const t = translator(locale)
    const order = await keyedOrder(key)
    if (!order) return refused(t('requests.refused.unknown'))
    const photos = await keepAll(photo.filter(({ size }) => size > 0))
    if (!photos.ok) return refused(t(`requests.refused.${photos.error.code}`, { place: photos.error.place }))
    const lines = position
      .map((at, place) => ({ position: at, quantity: quantity[place] ?? 0 }))
      .filter((line) => line.quantity > 0)
    const ask = { requestId, orderId: order.id, kind, reason, lines, words: words.trim(), photos: photos.value }
    const asked = await askRequest(ask)
    if (!asked.ok || asked.value.repeated) await dropPhotos(photos.value)
    if (!asked.ok) return refused(tell(asked.error, locale))
    redirect(`${path.split('#')[0]}#requests` as Route)
  },
  { limit: 'upload' },
)

/** The shopper does not want it any more. */
export const withdrawRequestAction = publicAction(
  OrderKeyFields.extend({ requestId: z.uuid() }),
  async ({ requestId, ...key }, { locale, path }) => {
    const t = translator(locale)
    const order = await keyedOrder(key)
    const withdrawn = order && (await withdrawRequest(requestId, order.id))
    if (!withdrawn) return refused(t('requests.refused.unknown'))
    if (!withdrawn.ok) {
      const { error } = withdrawn
      if (error.code === 'unknown_request') return refused(t('requests.refused.unknown'))
      return refused(t('requests.refused.moved_on', { state: t(`requests.state.${error.state}`) }))
    }
    redirect(`${path.split('#')[0]}#requests` as Route)
  },
  { limit: 'order' },
)

/** All of them or none: what was kept of the others is thrown away. */
async function keepAll(
  files: readonly File[],
): Promise<Result<readonly KeptPhoto[], PhotoRefusal & { readonly place: number }>> {
  const kept: KeptPhoto[] = []
  for (const [place, file] of files.entries()) {
    const photo = await keepPhoto(new Uint8Array(await file.arrayBuffer()))
    if (!photo.ok) {
      await dropPhotos(kept)
      return err({ ...photo.error, place: place + 1 })
    }
    kept.push(photo.value)
  }
  return ok(kept)
}

function tell(error: AskRequestError, locale: Locale): string {
  const t = translator(locale)
  return t(`requests.refused.${error.code}`, {
    line: 'position' in error ? error.position + 1 : 0,
    left: 'left' in error ? String(error.left) : '',
    until: 'until' in error ? formatTime(error.until, locale) : '',
    place: 0,
    state: '',
  })
}
