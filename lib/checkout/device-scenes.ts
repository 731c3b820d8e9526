import type { Scene } from '#lib/payments/port.ts'

/** What leads somewhere on a device: a code on a phone's own screen can't be scanned by it. */
const WORKS_ON: Readonly<Record<'computer' | 'phone', readonly Scene['kind'][]>> = {
  computer: ['page', 'qr', 'form'],
  phone: ['wap', 'h5', 'form'],
}

/** A browser says so itself, or by its name. A wrong guess costs a detour, never money. */
export function deviceOf(headers: Pick<Headers, 'get'>): keyof typeof WORKS_ON {
  const hint = headers.get('sec-ch-ua-mobile')
  const isPhone = hint === null ? /Mobile|Android|iPhone|iPad/.test(headers.get('user-agent') ?? '') : hint === '?1'
  return isPhone ? 'phone' : 'computer'
}

/** The scenes that make sense on the shopper's device, the usual one first. */
export const scenesFor = (headers: Pick<Headers, 'get'>): readonly Scene['kind'][] => WORKS_ON[deviceOf(headers)]
