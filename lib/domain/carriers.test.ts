import { expect, test } from 'vitest'
import {
  CARRIER_CODES,
  CARRIERS,
  carrierByName,
  carrierByNumber,
  parseTrackingNumber,
  trackingUrl,
} from './carriers.ts'
import { LOCALES } from './locale.ts'

test.each([
  ['SF1234567890123', 'sf'],
  ['YT1234567890123', 'yto'],
  ['EA123456789CN', 'ems'],
  ['6A12345678901', 'laposte'],
  ['1Z999AA10123456784', 'ups'],
  ['73123456789012', null],
])('%s looks like %s', (number, carrier) => {
  expect(carrierByNumber(number)).toBe(carrier)
})

test.each([
  [' sf-1234 5678 90123 ', 'SF1234567890123'],
  ['12345', null],
  ['ABCDEFGH', null],
  ['=HYPERLINK("http://x")', null],
  ['1234567890<b>', null],
  ['1'.repeat(35), null],
])('%s is read as %s', (typed, number) => {
  expect(parseTrackingNumber(typed)).toBe(number)
})

test('each carrier is known by its code and its names in all languages, and leads to its parcel', () => {
  for (const code of CARRIER_CODES) {
    expect(carrierByName(code.toUpperCase())).toBe(code)
    for (const locale of LOCALES) expect(carrierByName(` ${CARRIERS[code].name[locale]} `)).toBe(code)
    expect(new URL(trackingUrl(code, 'A1&B2')).href).toContain('A1%26B2')
  }
  expect(carrierByName('china post')).toBe('ems')
  expect(carrierByName('pigeon')).toBeNull()
})
