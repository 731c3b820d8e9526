import type { Route } from 'next'
import type { Locale } from './domain/locale.ts'

/** Every address of the shop, in one place; `typedRoutes` refuses template strings elsewhere. */
export const homePath = (locale: Locale) => `/${locale}` as Route
export const categoryPath = (locale: Locale, category: string) => `/${locale}/category/${category}` as Route
export const productPath = (locale: Locale, product: string, variant?: string) =>
  `/${locale}/product/${product}${variant ? `/${variant}` : ''}` as Route
export const searchPath = (locale: Locale, query?: string) =>
  `/${locale}/search${query ? `?q=${encodeURIComponent(query)}` : ''}` as Route
export const cartPath = (locale: Locale) => `/${locale}/cart` as Route
