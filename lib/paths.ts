import type { Route } from 'next'
import type { Locale } from './domain/locale.ts'
import type { OpenedBy } from './domain/opened-by.ts'

/** Every address of the shop, in one place; `typedRoutes` refuses template strings elsewhere. */
export const homePath = (locale: Locale) => `/${locale}` as Route
/** @param page 1 or more; the first page has the plain address. */
export const categoryPath = (locale: Locale, category: string, page = 1) =>
  `/${locale}/category/${category}${page > 1 ? `/page/${page}` : ''}` as Route
export const categoryFilterPath = (locale: Locale, category: string) =>
  `/${locale}/category/${category}/filter` as Route
export const productPath = (locale: Locale, product: string, variant?: string) =>
  `/${locale}/product/${product}${variant ? `/${variant}` : ''}` as Route
/** @param page 1 or more; the first page has the plain address. */
export const searchPath = (locale: Locale, query?: string, page = 1) =>
  `/${locale}/search${query ? `?q=${encodeURIComponent(query)}` : ''}${page > 1 ? `&page=${page}` : ''}` as Route
export const cartPath = (locale: Locale) => `/${locale}/cart` as Route
export const feedPath = (locale: Locale) => `/${locale}/feed.xml` as Route
/** @param query what the page has to say, as the door writes it. */
export const checkoutPath = (locale: Locale, query = '') => `/${locale}/checkout${query && `?${query}`}` as Route
/** @param secret opens the order; whoever has the address has the order. */
export const orderPath = (locale: Locale, secret: string, query = '') =>
  `/${locale}/order/${secret}${query && `?${query}`}` as Route
/** @param query what the page has to say, as the door writes it. */
export const payPath = (locale: Locale, secret: string, query = '') =>
  `/${locale}/order/${secret}/pay${query && `?${query}`}` as Route
/** Where somebody pays another's order. @param secret opens that and nothing else. */
export const payerPath = (locale: Locale, secret: string, query = '') =>
  `/${locale}/pay/${secret}${query && `?${query}`}` as Route
/** Where whoever pays by that secret chooses a way to. */
export const choicePath = (by: OpenedBy, locale: Locale, secret: string, query = '') =>
  by === 'order_link' ? payPath(locale, secret, query) : payerPath(locale, secret, query)
/** Where whoever pays by that secret hears what became of it. */
export const outcomePath = (by: OpenedBy, locale: Locale, secret: string, query = '') =>
  by === 'order_link' ? orderPath(locale, secret, query) : payerPath(locale, secret, query)
/** @param query filter, search and place in the list. */
export const accountOrdersPath = (locale: Locale, query = '') =>
  `/${locale}/account/orders${query && `?${query}`}` as Route
export const accountOrderPath = (locale: Locale, number: string, query = '') =>
  `/${locale}/account/orders/${number}${query && `?${query}`}` as Route
export const addressesPath = (locale: Locale) => `/${locale}/account/addresses` as Route
/** Where a customer chooses what to be written of. */
export const accountMessagesPath = (locale: Locale) => `/${locale}/account/messages` as Route
/** The same for whoever has a mail of ours, without signing in. @param token as `lib/mail/mail-choice-link.ts` seals it. */
export const mailChoicePath = (locale: Locale, token: string) => `/${locale}/messages/${token}` as Route
/** What a program that shows mails posts to. */
export const unsubscribePath = (token: string) => `/api/unsubscribe/${token}` as Route
/** @param id of an address, or `new`. */
export const addressPath = (locale: Locale, id: string) => `/${locale}/account/addresses/${id}` as Route
/** Where a guest asks for an order by its number. */
export const findOrderPath = (locale: Locale) => `/${locale}/find-order` as Route
/** @param secret opens the order once. */
export const orderTicketPath = (locale: Locale, secret: string) => `/${locale}/find-order/${secret}` as Route

/** A piece as its page would look, for staff; published or not. */
export const previewPath = (locale: Locale, productId: number, variant?: string) =>
  `/${locale}/preview/${productId}${variant ? `?variant=${variant}` : ''}` as Route

/** Widths in pixels that `lib/photos/photo-sizes.ts` makes: pieces up to 1200, scenes from 828. */
export type PhotoWidth = 384 | 828 | 1200 | 1920
const stem = (photo: string) => photo.replace(/\.webp$/, '')
/** A size of a photograph, made ahead of time. @param photo its file name as the catalogue has it. */
export const photoPath = (photo: string, width: PhotoWidth) => `/photos/${width}/${stem(photo)}.avif`
/** 1200 × 1200 as JPEG, for the robots of those who share a link. */
export const sharedPhotoPath = (photo: string) => `/photos/shared/${stem(photo)}.jpg`

const back = (returnTo: string) => (returnTo ? `?next=${encodeURIComponent(returnTo)}` : '')
/** @param returnTo the path of ours to come back to; the page looks at it again. */
export const signInPath = (locale: Locale, returnTo = '') => `/${locale}/account/sign-in${back(returnTo)}` as Route
export const signUpPath = (locale: Locale, returnTo = '') => `/${locale}/account/sign-up${back(returnTo)}` as Route
/** Where staff give the code of their device, and set it up before the first. */
export const secondFactorPath = (locale: Locale, returnTo = '') =>
  `/${locale}/account/second-factor${back(returnTo)}` as Route
/** Where somebody asks for a link by mail, to sign in or to choose a new password. */
export const mailedLinkPath = (locale: Locale) => `/${locale}/account/mailed-link` as Route
/** @param secret of a mailed link, good once. */
export const accountLinkPath = (locale: Locale, secret: string) => `/${locale}/account/link/${secret}` as Route
export const accountSecurityPath = (locale: Locale) => `/${locale}/account/security` as Route
/** Where somebody's own data are downloaded. */
export const accountDataPath = (locale: Locale) => `/${locale}/account/data` as Route
export const accountPath = (locale: Locale) => `/${locale}/account` as Route
/** A photograph of a shopper's request, shown to its owner and to staff only. @param name of its file. */
export const requestPhotoPath = (name: string) => `/api/request-photos/${name}`
