/** Why a call gave no answer to act on. */
export type CallError =
  /** We did not send it: a field breaks the gateway's rules. */
  | { readonly code: 'invalid_request'; readonly reason: string }
  /** Time-out, cut line, 5xx, HTML, “system busy”: the effect may or may not have happened. */
  | { readonly code: 'unknown'; readonly reason: string }
  /** Somebody answered without a signature that holds. Changes nothing; `claim` is for people to read. */
  | { readonly code: 'untrusted'; readonly claim: string }
  /** Asked too often: leave it for a while, then ask again with the same numbers. */
  | { readonly code: 'rate_limited' }
  /** Signed refusal, nothing happened. `providerCode` is the gateway's own, for staff. */
  | { readonly code: 'refused'; readonly providerCode: string; readonly message: string }

export type CreateError =
  | CallError
  | { readonly code: 'scene_not_offered' }
  | { readonly code: 'already_paid' }
  | { readonly code: 'already_closed' }
  /** The number was used with another content. */
  | { readonly code: 'number_taken' }

/** Cut, altered, of another day or merchant: nothing in it is believed. */
export type CorruptBill = { readonly code: 'corrupt'; readonly reason: string }
/** `not_ready`: the gateway has not written it yet, come back after `readyAt`. */
export type BillError = CallError | CorruptBill | { readonly code: 'not_ready'; readonly readyAt: Date }

/** Why a message was not believed; stored with it. */
export type VerifyError =
  | {
      readonly code: 'too_large' | 'malformed' | 'bad_signature' | 'stale' | 'probe' | 'not_signed'
      readonly reason: string
    }
  /** Rightly signed, but meant for somebody else. */
  | { readonly code: 'other_application' | 'other_merchant'; readonly reason: string }
  /** The key or certificate it needs could not be had just now: let it come again. */
  | { readonly code: 'key_unavailable'; readonly reason: string }
