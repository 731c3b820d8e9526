/** What staff can be; one person can be several. */
export const ROLES = ['owner', 'finance', 'orders', 'catalogue', 'support', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** Who may do what in the back office. A role that a line does not name may not; there is no other place to look. */
const MATRIX = {
  'orders.read': ['owner', 'finance', 'orders', 'support', 'auditor'],
  'orders.ship': ['owner', 'orders'],
  'orders.cancel': ['owner', 'orders'],
  'orders.note': ['owner', 'finance', 'orders', 'support'],
  'orders.export': ['owner', 'finance', 'orders'],
  'refunds.request': ['owner', 'finance', 'orders'],
  'refunds.approve': ['owner', 'finance'],
  'requests.answer': ['owner', 'orders', 'support'],
  'catalogue.read': ['owner', 'orders', 'catalogue', 'support', 'auditor'],
  'catalogue.edit': ['owner', 'catalogue'],
  'stock.adjust': ['owner', 'orders', 'catalogue'],
  'promotions.edit': ['owner', 'catalogue'],
  'reviews.moderate': ['owner', 'catalogue', 'support'],
  'customers.read': ['owner', 'finance', 'orders', 'support'],
  'customers.erase': ['owner'],
  'staff.manage': ['owner'],
  'figures.read': ['owner', 'finance', 'auditor'],
  'payments.read': ['owner', 'finance', 'auditor'],
  'payments.reconcile': ['owner', 'finance'],
  'incidents.read': ['owner', 'finance', 'orders', 'auditor'],
  'incidents.work': ['owner', 'finance', 'orders'],
  'audit.read': ['owner', 'auditor'],
  'settings.edit': ['owner'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof MATRIX
export const PERMISSIONS = Object.keys(MATRIX) as readonly Permission[]

/** True when one of the roles may do it. */
export const mayDo = (roles: readonly Role[], permission: Permission): boolean =>
  roles.some((role) => (MATRIX[permission] as readonly Role[]).includes(role))

/** Somebody who is signed in as staff. */
export type Staff = { readonly staffId: string; readonly name: string; readonly roles: readonly Role[] }

declare const permit: unique symbol
/**
 * Proof that somebody may do one thing, asked for by whatever does it and made by `grantPermit` alone: what needs one
 * cannot be called without the question, and knows whom to write into the log.
 */
export type Permit<P extends Permission = Permission> = Staff & { readonly permission: P; readonly [permit]: P }

/** The permit of somebody who may, or null. */
export const grantPermit = <P extends Permission>({ staffId, name, roles }: Staff, permission: P): Permit<P> | null =>
  mayDo(roles, permission) ? ({ staffId, name, roles, permission } as Permit<P>) : null

/** How staff are named in the log and in the history of an order. */
export const staffActor = ({ staffId }: Pick<Staff, 'staffId'>): `staff:${string}` => `staff:${staffId}`
