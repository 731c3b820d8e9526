const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S

/**
 * How often one may try something. `times` in a window of `seconds` that opens with the first; a window may follow on
 * another, so that twice as many can fall into a stretch as long as one. Addresses are shared by whole offices and by
 * networks of phones, hence those limits stop programs and not people.
 */
export const LIMITS = {
  /** Guesses of a password for one account: 5, so never more than 10 in half an hour. */
  'sign-in': { times: 5, seconds: 30 * MINUTE_S },
  'sign-in-address': { times: 100, seconds: 30 * MINUTE_S },
  'second-factor': { times: 5, seconds: 30 * MINUTE_S },
  'sign-up': { times: 30, seconds: HOUR_S },
  /** Mails with a link that one address is sent, and that one client can cause. */
  'mailed-link': { times: 5, seconds: HOUR_S },
  'mailed-link-address': { times: 60, seconds: HOUR_S },
  /** Opening of mailed links; their secrets cannot be guessed, this only bounds the work. */
  'open-link': { times: 60, seconds: HOUR_S },
  /** What somebody does in their account, and staff in the back office. */
  account: { times: 120, seconds: 10 * MINUTE_S },
  office: { times: 600, seconds: 10 * MINUTE_S },
  /** Orders from one address: a whole campus may share it. */
  order: { times: 300, seconds: 10 * MINUTE_S },
  /** Beginnings of a payment, for one order. */
  pay: { times: 30, seconds: 10 * MINUTE_S },
  coupon: { times: 30, seconds: 10 * MINUTE_S },
  'look-up': { times: 20, seconds: 10 * MINUTE_S },
  /** Programs that show mails unsubscribe for many readers from one address. */
  unsubscribe: { times: 1_000, seconds: HOUR_S },
  /** At all doors together, from an address that is slowed down. */
  slowed: { times: 10, seconds: 5 * MINUTE_S },
  export: { times: 10, seconds: HOUR_S },
  upload: { times: 60, seconds: HOUR_S },
} as const satisfies Record<string, { readonly times: number; readonly seconds: number }>

export type LimitName = keyof typeof LIMITS
