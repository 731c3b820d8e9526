import { test as base, expect, type Page } from '@playwright/test'
import type { Locale } from '#lib/domain/locale.ts'

/** Every test fails when a page of it logs an error or throws: the shop's console is silent. */
export const test = base.extend<{ silentConsole: undefined }>({
  silentConsole: [
    async ({ context }, use) => {
      const errors: string[] = []
      context.on('console', (message) => {
        // The browser notes the status of the page itself as an error, and of a form that is refused, and a line that a
        // test cuts; whoever tests those looks at them on their own.
        const { url } = message.location()
        const looksOnItsOwn = url === message.page()?.url() || url.includes('/api/checkout')
        const ownStatus = message.text().startsWith('Failed to load') && looksOnItsOwn
        if (message.type() === 'error' && !ownStatus)
          errors.push(`${message.page()?.url()}: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => errors.push(`${error.page()?.url()}: ${error.error()}`))
      await use(undefined)
      expect(errors, 'errors in the console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** The words by which a shopper finds things, in each language. */
export const WORDS = {
  en: { add: 'Add to cart', cart: 'Cart', soldOut: 'Sold out', shelf: 'Tea ware', piece: 'Round teapot' },
  fr: { add: 'Ajouter au panier', cart: 'Panier', soldOut: 'Épuisé', shelf: 'Art du thé', piece: 'Théière ronde' },
  zh: { add: '加入购物车', cart: '购物车', soldOut: '售罄', shelf: '茶器', piece: '圆壶' },
} as const satisfies Record<Locale, Record<string, string>>

/** The number in the header; empty text for an empty cart. */
export const units = (page: Page) => page.locator('.cart-units')
