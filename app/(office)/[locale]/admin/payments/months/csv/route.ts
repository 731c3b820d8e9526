import { readSettlementMonth } from '#db/reconciliation/read-settlement-month.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { writeCsvLine } from '#lib/domain/csv.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { toYuan } from '#lib/domain/money.ts'
import { translator } from '#lib/i18n/translator.ts'
import { readMonth } from '../month-query.ts'

const COUNTS = ['days', 'payments', 'refunds', 'unmatchedDays', 'openDifferences'] as const
const AMOUNTS = ['paid', 'refunded', 'fees', 'net'] as const

/** The settlement report of a month as a file; amounts in yuan with a point. */
export async function GET(request: Request, { params }: RouteContext<'/[locale]/admin/payments/months/csv'>) {
  await permitted('payments.read')
  const { locale } = await params
  if (!isLocale(locale)) return new Response(null, { status: 404 })
  const t = translator(locale)
  const month = readMonth(Object.fromEntries(new URL(request.url).searchParams), new Date())
  const rows = await readSettlementMonth(month)
  const heads = [...COUNTS, ...AMOUNTS].map((key) => t(`officePayments.months.${key}`))
  const lines = [
    [t('officePayments.provider'), ...heads],
    ...rows.map((row) => [
      t(`officePayments.providers.${row.provider}`),
      ...COUNTS.map((key) => String(row[key])),
      ...AMOUNTS.map((key) => toYuan(row[key])),
    ]),
  ]
  return new Response(`\ufeff${lines.map(writeCsvLine).join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="settlement_${month}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
