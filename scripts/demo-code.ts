import { totpCode } from '#lib/auth/totp.ts'
import { DEMO_TOTP_SECRET } from './start/demo-sign-ins.ts'

/** Prints what the device of the demonstration's staff shows now. */
const now = new Date()
const leftS = 30 - (Math.floor(now.getTime() / 1000) % 30)
console.log(`${totpCode(DEMO_TOTP_SECRET, now)}  (for another ${leftS} s, once)`)
