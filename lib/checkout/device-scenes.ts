import type { Scene } from '#lib/payments/port.ts'

/** Where a page of ours is open, as far as that decides what one can pay by. */
export type Place = 'computer' | 'phone' | 'wechat'

/** What leads somewhere there: a phone can't scan its own screen, and WeChat opens no cashier but its own. */
const WORKS_IN: Readonly<Record<Place, readonly Scene['kind'][]>> = {
  computer: ['page', 'qr', 'form'],
  phone: ['wap', 'h5', 'form'],
  wechat: ['jsapi', 'form'],
}
/** From where one is, where else to try: what is nearest first. */
const NEXT_BEST: Readonly<Record<Place, readonly Place[]>> = {
  computer: ['phone', 'wechat'],
  phone: ['wechat', 'computer'],
  wechat: ['phone', 'computer'],
}

type Sent = Pick<Headers, 'get'>

/** A browser says so itself, or by its name. A wrong guess costs a detour, never money. */
export function deviceOf(headers: Sent): 'computer' | 'phone' {
  const hint = headers.get('sec-ch-ua-mobile')
  const isPhone = hint === null ? /Mobile|Android|iPhone|iPad/.test(headers.get('user-agent') ?? '') : hint === '?1'
  return isPhone ? 'phone' : 'computer'
}

/** WeChat's own browser names itself, on phones and on computers alike. */
const placeOf = (headers: Sent): Place =>
  /\bMicroMessenger\//.test(headers.get('user-agent') ?? '') ? 'wechat' : deviceOf(headers)

/** The scenes that make sense where the shopper is, the usual one first. */
export const scenesFor = (headers: Sent): readonly Scene['kind'][] => WORKS_IN[placeOf(headers)]

/** Where a provider with these scenes can be used, when it can't where the shopper is; null when it can, or nowhere. */
export function whereElse(headers: Sent, scenes: readonly Scene['kind'][]): { from: Place; to: Place } | null {
  const from = placeOf(headers)
  const worksIn = (place: Place) => WORKS_IN[place].some((scene) => scenes.includes(scene))
  if (worksIn(from)) return null
  const to = NEXT_BEST[from].find(worksIn)
  return to ? { from, to } : null
}
