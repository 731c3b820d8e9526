import type { Route } from 'next'
import { countLowStock } from '#db/figures/count-low-stock.ts'
import { countOpenWork, MOST_COUNTED, type WorkKind } from '#db/figures/count-open-work.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { mayDo, type Permission, type Staff } from '#lib/domain/permissions.ts'
import { formatCount } from '#lib/i18n/format-figure.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import {
  officeBillsPath,
  officeIncidentsPath,
  officeReturnsPath,
  officeReviewsPath,
  officeShipPath,
  officeStockPath,
} from '#lib/office-paths.ts'
import type { FigureWords, InWords } from '../figures/office-words.ts'

type Kind = WorkKind | 'lowStock'

/** Whom each kind of work is for, where it is done, and whether it is an accident rather than the day's work. */
const WORK: readonly (readonly [
  kind: Kind,
  permission: Permission,
  path: (locale: Locale) => Route,
  urgent: boolean,
])[] = [
  ['toShip', 'orders.ship', officeShipPath, false],
  ['requests', 'requests.answer', officeReturnsPath, false],
  ['reviews', 'reviews.moderate', officeReviewsPath, false],
  ['refunds', 'refunds.approve', officeReturnsPath, true],
  ['incidents', 'incidents.work', officeIncidentsPath, true],
  ['differences', 'payments.reconcile', officeBillsPath, true],
  ['bills', 'payments.reconcile', officeBillsPath, true],
  ['lowStock', 'stock.adjust', officeStockPath, false],
  ['deadJobs', 'settings.edit', officeIncidentsPath, true],
]

type Waiting = { readonly count: number; readonly oldest: Date | null; readonly soldOut?: number }

/** What waits for this person, the day's work before what is quiet. */
export async function WaitingList({ staff, t, locale }: InWords & { staff: Staff }) {
  const [open, stock] = await Promise.all([countOpenWork(), countLowStock()])
  const counted: Readonly<Record<Kind, Waiting>> = {
    ...open,
    lowStock: { count: stock.low, oldest: null, soldOut: stock.soldOut },
  }
  const theirs = WORK.filter(([, permission]) => mayDo(staff.roles, permission))
  return (
    <ul className="waiting">
      {theirs.map(([kind, , path, urgent]) => (
        <li key={kind}>
          <WaitingLink kind={kind} href={path(locale)} waiting={counted[kind]} urgent={urgent} t={t} locale={locale} />
        </li>
      ))}
    </ul>
  )
}

type LinkProps = { kind: Kind; href: Route; waiting: Waiting; urgent: boolean; t: FigureWords; locale: Locale }

function WaitingLink({ kind, href, waiting: { count, oldest, soldOut }, urgent, t, locale }: LinkProps) {
  const name = urgent && count > 0 ? 'urgent' : count === 0 && !soldOut ? 'none' : undefined
  const shown = formatCount(Math.min(count, MOST_COUNTED), locale)
  return (
    <a href={href} className={name}>
      <b>{count > MOST_COUNTED ? t('today.more', { count: shown }) : shown}</b>
      {t(`today.work.${kind}`, { count })}
      {oldest ? <small>{t('today.since', { at: formatTime(oldest, locale) })}</small> : null}
      {soldOut === undefined ? null : <small>{t('today.soldOut', { count: soldOut })}</small>}
    </a>
  )
}
