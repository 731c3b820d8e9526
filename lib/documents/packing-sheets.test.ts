import { expect, test } from 'vitest'
import type { Packing } from '#db/fulfilment/read-packing.ts'
import { LOCALES, type Locale } from '#lib/domain/locale.ts'
import { drawSheets } from './draw-sheets.ts'
import { pickSheet, slipSheet } from './packing-sheets.ts'

const packing = (locale: Locale, pieces = 2) =>
  ({
    number: '261121K7M4Q2XR9TACD',
    locale,
    address: {
      recipient: 'Zoë Łąk 林薇',
      phone: '+8613800138000',
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      district: '西湖区',
      street: '龙井路 1 号',
      street2: null,
      postcode: '310013',
    },
    lines: Array.from({ length: pieces }, (_, position) => ({
      position,
      sku: `CPT-RT90-CEL-${position}`,
      name: { en: 'Round teapot', fr: 'Théière ronde', zh: '圆壶' },
      toPack: position === 1 ? 0 : 2,
    })),
  }) as unknown as Packing

test.each(LOCALES)('a slip in %s has what is in the box and no price; what was sent before is not on it', (locale) => {
  const { rows, aside, note } = slipSheet(packing(locale))
  expect(rows).toEqual([{ name: expect.any(String), details: 'CPT-RT90-CEL-0', units: '2' }])
  expect(aside.join(' ')).toContain('龙井路')
  expect(JSON.stringify([rows, note])).not.toMatch(/¥|officeShip|[{}]{2}/)
})

test.each(LOCALES)('the sheets in %s are a PDF of as many pages as they need', async (locale) => {
  const [line] = packing(locale).lines
  if (!line) throw new Error('no line')
  const number = packing(locale).number
  const pieces = Array.from({ length: 60 }, () => ({ line, units: 3, orders: [{ number, units: 3 }] }))
  const options = { locale, title: 'x', page: (one: number, of: number) => `${one}/${of}` }
  const pdf = async (sheets: Parameters<typeof drawSheets>[0]) =>
    Buffer.from(await drawSheets(sheets, options)).toString('latin1')
  expect(await pdf([slipSheet(packing(locale)), slipSheet(packing(locale))])).toContain('/Count 2')
  const long = await pdf([pickSheet(pieces, 60, locale)])
  expect(long).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/)
  expect(Number(/\/Count (\d+)/.exec(long)?.[1])).toBeGreaterThan(2)
})
