import type { Browser } from '@playwright/test'
import { signInAsStaff } from './sign-in.ts'
import { expect } from './test.ts'

/** The order packed and sent by the owner of the shop, in a browser of their own. @returns their page; close its context. */
export async function sendParcel(browser: Browser, number: string) {
  const staff = await (await browser.newContext()).newPage()
  await signInAsStaff(staff, 'owner')
  await staff.goto(`/en/admin/ship/${number}`)
  await staff.getByLabel('Tracking number').fill(`SF${Date.now()}`)
  await staff.keyboard.press('Enter')
  await expect(staff.getByText(`Sent: order ${number}`)).toBeVisible()
  return staff
}
