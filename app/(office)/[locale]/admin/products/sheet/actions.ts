'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { keepSheet, noteSheetApplied, readKeptSheet } from '#db/catalog/desk/keep-sheet.ts'
import { applySheet, planOf } from '#lib/catalog/catalogue-sheet.ts'
import { MOST_SHEET_BYTES } from '#lib/catalog/read-sheet.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officeSheetPath } from '#lib/office-paths.ts'
import { decodeText } from '#lib/spreadsheet/decode-text.ts'
import { answerEdit } from '../answer-edit.ts'
import { tellSheetError } from './tell-problem.ts'

/** Keeps a table, and leads to what it would change. */
export const uploadSheetAction = staffAction(
  'catalogue.edit',
  z.object({ file: z.instanceof(File) }),
  async ({ file }, { permit, locale }) => {
    const t = translator(locale)
    if (file.size === 0) return refused(t('officeSheet.errors.no_file'))
    if (file.size > MOST_SHEET_BYTES) return refused(t('officeSheet.errors.too_large', { mb: MOST_SHEET_BYTES / 1e6 }))
    const content = decodeText(new Uint8Array(await file.arrayBuffer())).replaceAll('\0', '')
    const plan = await planOf(permit, content)
    if (!plan.ok) return refused(tellSheetError(plan.error, locale))
    redirect(officeSheetPath(locale, await keepSheet(permit, { name: file.name.slice(0, 100), content }, new Date())))
  },
  { limit: 'upload' },
)

/** Does what the page showed, and nothing else: a plan that has become another one is shown again first. */
export const applySheetAction = staffAction(
  'catalogue.edit',
  z.object({ sheet: z.uuid(), seal: z.string().max(100), reason: z.string().trim().min(1).max(200) }),
  async ({ sheet, seal, reason }, { permit, locale }) => {
    const t = translator(locale)
    const kept = await readKeptSheet(permit, sheet)
    const plan = kept && (await planOf(permit, kept.content))
    if (!plan?.ok) return refused(t('officeSheet.gone'))
    if (plan.value.seal !== seal) return refused(t('officeSheet.changed'))
    const { applied, refused: left } = await applySheet(permit, plan.value.pieces, reason)
    await noteSheetApplied(sheet, new Date())
    const why = (error: (typeof left)[number]['error']) => answerEdit(locale, { ok: false, error }, 'saved').said ?? ''
    const list = left.map(({ slug, error }) => t('officeSheet.one', { slug, why: why(error) })).join(' ')
    const said = t('officeSheet.applied', { count: applied })
    return left.length === 0 ? done(said) : refused(`${said} ${t('officeSheet.refused', { list })}`)
  },
  { stepUp: true },
)
