import { redirect } from 'next/navigation'
import { pageLocale } from '#app/page-locale.ts'
import { officeOrdersPath } from '#lib/office-paths.ts'

export const instant = false

/** The day begins with the orders. */
export default async function OfficePage() {
  redirect(officeOrdersPath(await pageLocale()))
}
