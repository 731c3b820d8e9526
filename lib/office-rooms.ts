import type { Route } from 'next'
import type { Locale } from './domain/locale.ts'
import type { Permission } from './domain/permissions.ts'
import {
  officeAuditPath,
  officeCustomersPath,
  officeFiguresPath,
  officeIncidentsPath,
  officeOrdersPath,
  officePaymentsPath,
  officeProductsPath,
  officePromotionsPath,
  officeReturnsPath,
  officeReviewsPath,
  officeSettingsPath,
  officeShelvesPath,
  officeShipPath,
  officeStaffPath,
  officeStatusPath,
  officeStockPath,
} from './office-paths.ts'

export type OfficeRoom = {
  /** Its name in the messages: `office.rooms.<name>`. */
  readonly name: string
  /** Rooms of one group stand together. */
  readonly group: 'orders' | 'shop' | 'money' | 'house'
  /** What one must be allowed to be shown the way there; the page asks again by itself. */
  readonly permission: Permission
  readonly path: (locale: Locale) => Route
  /** With `g` before it the key that leads there; each is given once. */
  readonly key: string
}

/** The navigation of the back office, in its order. A new room is a line here and a word in the messages. */
export const OFFICE_ROOMS = [
  { name: 'orders', group: 'orders', permission: 'orders.read', path: officeOrdersPath, key: 'o' },
  { name: 'payments', group: 'money', permission: 'payments.read', path: officePaymentsPath, key: 'm' },
  { name: 'ship', group: 'orders', permission: 'orders.ship', path: officeShipPath, key: 'b' },
  { name: 'returns', group: 'orders', permission: 'orders.read', path: officeReturnsPath, key: 'r' },
  { name: 'figures', group: 'money', permission: 'figures.read', path: officeFiguresPath, key: 'f' },
  { name: 'products', group: 'shop', permission: 'catalogue.read', path: officeProductsPath, key: 'p' },
  { name: 'shelves', group: 'shop', permission: 'catalogue.read', path: officeShelvesPath, key: 'h' },
  { name: 'stock', group: 'shop', permission: 'catalogue.read', path: officeStockPath, key: 's' },
  { name: 'customers', group: 'shop', permission: 'customers.read', path: officeCustomersPath, key: 'c' },
  { name: 'staff', group: 'house', permission: 'staff.manage', path: officeStaffPath, key: 't' },
  { name: 'promotions', group: 'shop', permission: 'promotions.edit', path: officePromotionsPath, key: 'd' },
  { name: 'reviews', group: 'shop', permission: 'reviews.moderate', path: officeReviewsPath, key: 'v' },
  { name: 'incidents', group: 'money', permission: 'incidents.read', path: officeIncidentsPath, key: 'i' },
  { name: 'status', group: 'house', permission: 'incidents.read', path: officeStatusPath, key: 'w' },
  { name: 'settings', group: 'house', permission: 'settings.edit', path: officeSettingsPath, key: ',' },
  { name: 'audit', group: 'house', permission: 'audit.read', path: officeAuditPath, key: 'l' },
] as const satisfies readonly OfficeRoom[]
