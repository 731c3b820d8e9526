import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, test } from 'vitest'
import { findBrowser } from './find-browser.ts'

const STARTS_WITHIN_MS = 60_000

test.each([
  ['an installed one, or else the one that npm brought', process.env],
  ['the one that npm brought', { ...process.env, CHROMIUM_PATH: 'bundled' }],
])('%s opens one page after another', { timeout: STARTS_WITHIN_MS }, async (_, environment) => {
  const { executablePath, args } = await findBrowser(environment)
  const browser = await chromium.launch({ executablePath, args: [...args] })
  try {
    for (const title of ['茶壶', 'théière']) {
      const page = await browser.newPage()
      await page.setContent(`<script>document.title = '${title}'</script>`)
      expect(await page.title()).toBe(title)
      await page.close()
    }
  } finally {
    await browser.close()
  }
})

test('a program that only says how to get the browser is passed over', { timeout: STARTS_WITHIN_MS }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-browser-'))
  const stub = join(folder, 'chromium-browser')
  try {
    writeFileSync(stub, '#!/bin/sh\nexit 1\n')
    chmodSync(stub, 0o755)
    const { executablePath } = await findBrowser({ PATH: folder })
    expect(executablePath).not.toBe(stub)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a CHROMIUM_PATH that does not run is refused by name', async () => {
  await expect(findBrowser({ CHROMIUM_PATH: '/nowhere/chrome' })).rejects.toThrow('/nowhere/chrome')
})
