import type { ShownCart, ShownLine } from '#lib/cart/shown-cart.ts'
import type { CartOperation } from '#lib/domain/cart-rules.ts'
import type { Locale } from '#lib/domain/locale.ts'

/**
 * The cart as this tab knows it. It runs ahead of the server by what the shopper has just done and is put right by
 * each answer; other tabs are told to look again.
 */
export type CartState = {
  /** Null until the badge's cookie was read: the server renders no number. */
  readonly units: number | null
  /** Null until it was asked for. */
  readonly cart: ShownCart | null
  readonly open: boolean
  /** The last sentence for the shopper, spoken by screen readers and shown in the drawer. */
  readonly said: string
  /** The sentence says why something was not done as asked: it is shown even while the drawer is closed. */
  readonly refused: boolean
  /** Counts the sentences, so that one that is said twice is heard twice. */
  readonly sayings: number
  /** Counts the changes that were made elsewhere: by another tab, or by the page that this one came from. */
  readonly elsewhere: number
  /** What was removed last, so that it can be put back. */
  readonly removed: ShownLine | null
}

export type CartCommand = { readonly operation: CartOperation; readonly sku: string; readonly quantity: number }

let state: CartState = {
  units: null,
  cart: null,
  open: false,
  said: '',
  refused: false,
  sayings: 0,
  elsewhere: 0,
  removed: null,
}
/** What the server said last; what was foreseen falls back to it when a change fails. */
let confirmed: ShownCart | null = null
let drawerLocale: Locale | null = null
const listeners = new Set<() => void>()
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('cart')
/** Said to the shopper, in the page's language; the header brings them. */
let words = { added: '', failed: '' }
export function setCartWords(next: typeof words): void {
  words = next
}

let queue: Promise<void> = Promise.resolve()
let waiting = 0

const SERVER_STATE = state
export const serverCartState = () => SERVER_STATE
export const cartState = () => state

function set(next: Partial<CartState>): void {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}

const unitsInCookie = () => Number(/(?:^|; )cart_count=(\d+)/.exec(document.cookie)?.[1] ?? 0)

const say = (said: string, refused = false) => ({ said, refused, sayings: state.sayings + 1 })

/** The badge is read anew; what is known of the lines is old, and is asked for again while the drawer shows it. */
function lookAgain(): void {
  if (waiting > 0) return
  const locale = state.open ? drawerLocale : null
  set({ units: unitsInCookie(), ...(locale === null ? { cart: null } : {}) })
  if (locale !== null) void later(() => ask(locale))
}

function changedElsewhere(): void {
  set({ elsewhere: state.elsewhere + 1 })
  lookAgain()
}

/** Back in this tab, or back to this page: it may have missed what the others told. */
function comeBack(): void {
  const missed = state.units !== null && waiting === 0 && unitsInCookie() !== state.units
  if (missed && document.visibilityState === 'visible') changedElsewhere()
}

export function subscribeToCart(listener: () => void): () => void {
  if (listeners.size === 0) {
    tabs?.addEventListener('message', changedElsewhere)
    addEventListener('pageshow', comeBack)
    document.addEventListener('visibilitychange', comeBack)
    queueMicrotask(lookAgain)
  }
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const address = (locale: Locale) => `/api/cart?locale=${locale}`

async function ask(locale: Locale, init?: RequestInit): Promise<void> {
  const answer = await fetch(address(locale), { ...init, headers: { accept: 'application/json', ...init?.headers } })
    .then((response) => response.json() as Promise<{ cart?: ShownCart; said?: string }>)
    .catch(() => ({ cart: undefined, said: words.failed }))
  waiting--
  if (answer.cart) confirmed = answer.cart
  const refusal = answer.said ?? (answer.cart ? null : words.failed)
  if (refusal !== null) set(say(refusal, true))
  // Earlier answers know nothing of what was done since: only the last one is the truth.
  if (waiting === 0) set({ cart: answer.cart ?? confirmed, units: answer.cart?.units ?? unitsInCookie() })
}

function later(work: () => Promise<void>): Promise<void> {
  waiting++
  queue = queue.then(work)
  return queue
}

/** What the cart will be if the server agrees. */
function foresee({ operation, sku, quantity }: CartCommand): Partial<CartState> {
  const line = state.cart?.lines.find((one) => one.sku === sku)
  const before = line?.quantity ?? 0
  const after = operation === 'remove' ? 0 : operation === 'set' ? quantity : before + quantity
  const lines = state.cart?.lines.flatMap((one) => {
    if (one.sku !== sku) return [one]
    return after > 0 ? [{ ...one, quantity: after }] : []
  })
  return {
    units: (state.units ?? 0) - before + after,
    cart: state.cart && lines ? { ...state.cart, lines } : null,
    removed: operation === 'remove' ? (line ?? null) : null,
  }
}

/** Changes the cart: what is seen changes at once, the server is told, and its answer puts right what was wrong. */
export async function changeCart(command: CartCommand, locale: Locale, done = ''): Promise<void> {
  drawerLocale = locale
  set({ ...foresee(command), ...say(done) })
  await later(() =>
    ask(locale, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    }),
  )
  announceChange()
}

/** Tells the other tabs to look again. The cart page does so too, since its forms change the cart without this store. */
export const announceChange = () => tabs?.postMessage('changed')

/** One unit more of a piece, from a list or its own page. */
export const addToCart = (sku: string, name: string, locale: Locale) =>
  changeCart({ operation: 'add', sku, quantity: 1 }, locale, words.added.replace('{name}', name))

/** Opens the drawer and asks what is in the cart when this tab does not know. */
export function openCart(locale: Locale): void {
  drawerLocale = locale
  set({ open: true })
  if (state.cart === null && waiting === 0) void later(() => ask(locale))
}

export const closeCart = () => set({ open: false, removed: null, ...say('') })

export const dismissSaid = () => set(say(''))
