import type { PieceToPick } from '#db/fulfilment/list-pieces-to-pick.ts'
import type { Packing } from '#db/fulfilment/read-packing.ts'
import { addressLines } from '../domain/address.ts'
import type { Locale } from '../domain/locale.ts'
import { translator } from '../i18n/translator.ts'
import type { Sheet } from './draw-sheets.ts'

/** What to take from the shelves for some orders, on one sheet, in the language of whoever picks. */
export function pickSheet(pieces: readonly PieceToPick[], orders: number, locale: Locale): Sheet {
  const t = translator(locale)
  return {
    title: t('officeShip.sheet.pick'),
    name: t('officeShip.sheet.orders', { count: orders }),
    aside: [],
    rows: pieces.map(({ line, units, orders: of }) => ({
      name: `${line.sku}  ${line.name[locale]}`,
      details: of.map(({ number, units: count }) => `${number} × ${count}`).join('   '),
      units: String(units),
    })),
    note: '',
  }
}

/** What lies in the box, for whoever opens it, in the language of the order; without prices, since it may be a gift. */
export function slipSheet({ number, locale, address, lines }: Packing): Sheet {
  const t = translator(locale)
  return {
    title: t('officeShip.sheet.slip'),
    name: t('officeShip.sheet.order', { number }),
    aside: address ? addressLines(address, address.country === 'CN') : [],
    rows: lines
      .filter(({ toPack }) => toPack > 0)
      .map((line) => ({ name: line.name[locale], details: line.sku, units: String(line.toPack) })),
    note: t('officeShip.sheet.thanks'),
  }
}
