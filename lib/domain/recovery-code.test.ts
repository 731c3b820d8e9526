import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRecoveryCode, RECOVERY_CODE_BYTES, readRecoveryCode } from './recovery-code.ts'

const bytes = fc.uint8Array({ minLength: RECOVERY_CODE_BYTES, maxLength: RECOVERY_CODE_BYTES })

test('a code is read however it is typed', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = makeRecoveryCode(random)
      expect(code).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/)
      expect(readRecoveryCode(` ${code.toLowerCase().replace('-', '  ')} `)).toBe(code)
    }),
  )
})

test.each(['', '123456', 'ABCDE-FGHJ', 'ABCDE-FGHJKL', 'ABCDE-FGHJ0'])('%j is none', (typed) => {
  expect(readRecoveryCode(typed)).toBeNull()
})
