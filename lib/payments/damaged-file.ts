import { err, ok, type Result } from '../result.ts'
import type { CorruptBill } from './errors.ts'

/** Thrown deep inside the reading of a file that is not what it should be; `refuseDamaged` turns it into a value. */
export class DamagedFile extends Error {}

/** Reads a file to its end: `whole`, or why it must not be believed. Every other error is thrown on. */
export async function refuseDamaged(read: () => Promise<void>): Promise<Result<'whole', CorruptBill>> {
  try {
    await read()
    return ok('whole')
  } catch (error) {
    if (error instanceof DamagedFile) return err({ code: 'corrupt', reason: error.message })
    throw error
  }
}
