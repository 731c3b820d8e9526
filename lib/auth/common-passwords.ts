import 'server-only'
import passwords from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' }

const common: ReadonlySet<string> = new Set(passwords)

/** Whether it is one of the 49,000 passwords that were found most in what was stolen elsewhere. @param password in lower case. */
export const isCommonPassword = (password: string): boolean => common.has(password)
