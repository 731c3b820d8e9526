import 'server-only'
import { readShopSettings } from '#lib/shop-settings.ts'

/** All settings of the shop, parsed once at start. A bad one stops the process with a sentence that names it. */
export const env = readShopSettings(process.env)

/** True when shoppers reach us by https, so that cookies may ask for it. */
export const secure = env.PUBLIC_URL.startsWith('https:')
