import { getTranslations } from 'next-intl/server'
import { permitted } from '#lib/auth/current-staff.ts'
import { writeCsvLine } from '#lib/domain/csv.ts'
import { plainCell } from '#lib/domain/figure-table.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { toShanghaiTime } from '#lib/domain/shanghai-time.ts'
import { FIGURE_FILES } from '#lib/office-paths.ts'
import { readAsked } from '../asked-period.ts'
import { FIGURES } from '../parts/all-figures.ts'

/** Spreadsheets take a file without it for their own encoding. */
const BYTE_ORDER_MARK = '\ufeff'

/** A part of the figures as a file: the same table, amounts in yuan with a point. */
export async function GET(request: Request, { params }: RouteContext<'/[locale]/admin/figures/[file]'>) {
  const permit = await permitted('figures.read')
  const { locale, file } = await params
  const name = FIGURE_FILES.find((known) => file === `${known}.csv`)
  if (!name || !isLocale(locale)) return new Response(null, { status: 404 })

  const t = await getTranslations({ locale, namespace: 'officeFigures' })
  const at = new Date()
  const asked = readAsked(Object.fromEntries(new URL(request.url).searchParams), at)
  const table = await FIGURES[name].readTable({ permit, asked, t, locale, now: toShanghaiTime(at).slice(0, 13) })
  const lines = [table.heads, ...table.rows.map((row) => row.map(plainCell))].map(writeCsvLine)
  const { first, last } = asked.period
  return new Response(`${BYTE_ORDER_MARK}${lines.join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}_${first}_${last}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
