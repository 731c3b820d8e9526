import 'server-only'
import { hash, hashRaw, verify } from '@node-rs/argon2'

/** argon2id (the binding's own choice) at the cost that OWASP asks for: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Of a random password that nobody has: looking for an unknown account takes the time that a known one takes. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$rIcYmEZm7C+SBkGG5uJ4Ng$5VcCiGK/kCnIiHL/zUpKMwLrHB/F951WEqR+dQbf340'

/** Each takes 19 MiB and a core; more at once would only make all of them slow. */
const AT_ONCE = 2
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/** The text to keep of a password: its hash with salt and parameters. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, COST))

/** True when the password is the one of the hash. Null, an account without a password or none at all, takes as long. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const right = await inTurn(() => verify(kept ?? NOBODY, password))
  return right && kept !== null
}

/**
 * A code on paper as it is kept: argon2id too, since its 50 bits could be found from a fast hash. The salt is whose it is,
 * so that a guess costs one hash and not one for each code of theirs.
 * @param accountId a random uuid, which no two people share.
 */
export const hashPaperCode = (code: string, accountId: string): Promise<Buffer> =>
  inTurn(() => hashRaw(code, { ...COST, salt: Buffer.from(accountId.replaceAll('-', ''), 'hex') }))
