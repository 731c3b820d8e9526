import { z } from 'zod'

/** Plain HTTP is for a shop that only its own machine can reach. */
const isOnThisMachine = (url: string): boolean =>
  URL.canParse(url) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname)

const basisPoints = z.coerce.number().int().min(0).max(10_000).optional()

const Settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL must be a postgres:// URL' }),
  /** Where shoppers reach the shop, without a slash at its end; links, mails and return addresses are built from it. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'PUBLIC_URL must be an http(s) URL' })
    .refine((url) => url.startsWith('https:') || isOnThisMachine(url), {
      error: 'PUBLIC_URL must be https:// where others can reach the shop: see deploy/README.md',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://localhost:3000'),
  /** Where mail is handed over; `npm start` sets it to its catcher when nothing else is said. */
  MAIL_URL: z
    .url({ protocol: /^smtps?$/, error: 'MAIL_URL must be an smtp:// or smtps:// URL' })
    .default('smtp://127.0.0.1:3025'),
  /** The sender as readers see it. */
  MAIL_FROM: z.string().min(3).max(200).default('Comptoir <shop@localhost>'),
  /**
   * Seals what a signed-in browser holds and the second factors of staff; `npm start` makes one where none is given. The
   * one before it still opens what it sealed, so that a rotation signs nobody out.
   */
  AUTH_SECRET: z.string().min(32, 'AUTH_SECRET must have 32 characters or more').max(400).optional(),
  AUTH_SECRET_PREVIOUS: z.string().min(32).max(400).optional(),
  /** Where the photographs lie that the staff uploaded; all web processes of a shop share it. */
  PHOTOS_DIR: z.string().min(1).default('.data/photos'),
  /** Who sells, as invoices and receipts say it: name, address and what the law asks for, with `|` between the lines. */
  SELLER: z
    .string()
    .max(600)
    .default('Comptoir')
    .transform((lines) => lines.split('|').map((line) => line.trim())),
  /** What each provider may keep by contract, in hundredths of a percent; unset means that fees are not compared. */
  FEE_BASIS_POINTS_ALIPAY: basisPoints,
  FEE_BASIS_POINTS_WECHATPAY: basisPoints,
  FEE_BASIS_POINTS_UNIONPAY: basisPoints,
  /** Who is told of incidents, by mail; nobody when it is not set. */
  OPERATOR_MAIL: z.email().optional(),
  /** Where incidents are posted to, signed as standardwebhooks.com says with the secret `whsec_…`. */
  OPERATOR_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  OPERATOR_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{24,}$/)
    .optional(),
  /** `off` reports suspicious orders to nobody and holds none: for a shop that judges them elsewhere. */
  ORDER_HOLDS: z.enum(['on', 'off']).default('on'),
  /** What whoever reads `/api/metrics` has to show; without it only this machine may. */
  METRICS_TOKEN: z.string().min(24, 'METRICS_TOKEN must have 24 characters or more').max(200).optional(),
  /** How long a web process that is to end goes on answering, so that the front can turn to another. */
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(60).default(0),
  /** Connections per process. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
})

export type ShopSettings = z.output<typeof Settings>

/** The settings of the shop's processes. @throws {Error} with a sentence that names each wrong one. */
export function readShopSettings(environment: Readonly<Record<string, string | undefined>>): ShopSettings {
  // An empty variable is what a shell leaves behind where one meant "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (parsed.success) return parsed.data
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Settings are not right. ${reasons.join('; ')}`)
}
