'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { keepParcelImport } from '#db/fulfilment/keep-parcel-import.ts'
import { refused } from '#lib/doors/answer.ts'
import { importParcels } from '#lib/fulfilment/import-parcels.ts'
import { MOST_PARCEL_BYTES, readParcelFile } from '#lib/fulfilment/read-parcel-file.ts'
import { tellRefusal } from '#lib/fulfilment/tell-refusal.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officeParcelImportPath } from '#lib/office-paths.ts'

/** Sends what a file of tracking numbers names, and leads to what came of it. */
export const importParcelsAction = staffAction(
  'orders.ship',
  z.object({ file: z.instanceof(File) }),
  async ({ file }, { permit, locale, ip }) => {
    const t = translator(locale)
    const wrong = (code: 'no_file' | 'too_large') => refused(t(`officeShip.import.errors.${code}`))
    if (file.size === 0) return wrong('no_file')
    if (file.size > MOST_PARCEL_BYTES) return wrong('too_large')
    const read = readParcelFile(new Uint8Array(await file.arrayBuffer()))
    if (!read.ok) {
      const column = 'column' in read.error ? read.error.column : ''
      return refused(t(`officeShip.import.errors.${read.error.code}`, { column }))
    }
    const { columns, lines } = read.value
    const imported = await importParcels(lines, {
      permit,
      ip,
      tell: (problem) =>
        'column' in problem
          ? t(`officeShip.import.errors.${problem.code}`)
          : tellRefusal(problem, locale, () => t('officeShip.somebody')),
    })
    redirect(officeParcelImportPath(locale, await keepParcelImport(permit, { columns, ...imported })))
  },
  { limit: 'upload' },
)
