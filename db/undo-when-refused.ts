import 'server-only'
import postgres from 'postgres'
import { err, type Result } from '#lib/result.ts'
import { db, type Transaction } from './client.ts'

/** Carries a refusal out of a transaction that has written already. */
class Refused extends Error {
  readonly error: { readonly code: string }
  constructor(error: { readonly code: string }) {
    super(error.code)
    this.error = error
  }
}

/**
 * A transaction whose refusal undoes what it has written so far, where what refuses can only be seen afterwards.
 * @param taken what a unique key means when it is broken, by the name of its constraint: two people can ask at once
 * whether something is free, and the key decides.
 */
export async function undoWhenRefused<T, E extends { readonly code: string }>(
  work: (tx: Transaction) => Promise<Result<T, E>>,
  taken: Readonly<Record<string, E>> = {},
): Promise<Result<T, E>> {
  try {
    return await db.transaction(async (tx) => {
      const done = await work(tx)
      if (!done.ok) throw new Refused(done.error)
      return done
    })
  } catch (error) {
    if (error instanceof Refused) return err(error.error as E)
    const meant = taken[constraintOf(error) ?? '']
    if (meant) return err(meant)
    throw error
  }
}

/** The constraint that a statement broke; the query builder wraps what the driver throws. */
function constraintOf(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return cause instanceof postgres.PostgresError ? cause.constraint_name : undefined
}
