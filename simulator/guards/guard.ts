/** One text of one file, and what stands there when the protection is off. */
export type Patch = { readonly file: string; readonly from: string; readonly to: string }

/** How it shows that a protection is missing. */
export type Finder =
  /** Some seed goes wrong. */
  | { readonly by: 'simulator' }
  /** This test file fails. */
  | { readonly by: 'test'; readonly project: 'unit' | 'db'; readonly file: string }
  /** Nothing goes wrong without it, for this reason. */
  | { readonly by: 'nobody'; readonly reason: string }

/** A protection of the money, and how to switch it off without a switch in the shop's code. */
export type Guard = {
  readonly name: string
  /** What it keeps from happening. */
  readonly against: string
  readonly patch?: Patch
  /** Instead of a patch: what is taken from the database. */
  readonly sql?: string
  readonly found: Finder
}

export const bySimulator: Finder = { by: 'simulator' }
export const byTest = (project: 'unit' | 'db', file: string): Finder => ({ by: 'test', project, file })
export const byNobody = (reason: string): Finder => ({ by: 'nobody', reason })
