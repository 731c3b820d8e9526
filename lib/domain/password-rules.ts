export const PASSWORD_AT_LEAST = 12
export const PASSWORD_AT_MOST = 128

/** Where most guessing begins. Whole words: a password that is one of them with digits and signs around it is refused. */
const COMMON = new Set(
  (
    'password passwort motdepasse letmein welcome bienvenue iloveyou jetaime woaini sunshine princess princesse football ' +
    'baseball superman batman starwars pokemon dragon monkey shadow master trustno admin administrator root login guest ' +
    'secret qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl asdfghjklqwertyuiop zxcvbnm azerty azertyuiop qazwsxedc ' +
    'qazwsxedcrfv wsxedcrfv abcdefghijkl abcdefghijklm abcdefghijklmn abcdefghijklmnop comptoir ceramics keramik porcelain ' +
    'changeme changemenow passwordpassword test testtest testing whatever computer internet michael jennifer jordan hunter ' +
    'charlie soleil chocolat doudou loulou nicolas marseille alipay wechat wechatpay unionpay zhifubao weixin'
  ).split(' '),
)

const LINES = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
]

export type PasswordProblem = 'too_short' | 'too_long' | 'too_common'

/**
 * What is wrong with a password that somebody chooses; null for a good one. Length counts, composition does not; what is
 * guessed first is refused.
 * @param about words that a guesser knows: e-mail, name.
 */
export function passwordProblem(password: string, about: readonly string[]): PasswordProblem | null {
  const length = [...password].length
  if (length < PASSWORD_AT_LEAST) return 'too_short'
  if (length > PASSWORD_AT_MOST) return 'too_long'
  const plain = password.toLowerCase()
  const known = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).map((text) => text.toLowerCase())
  const common = isRepeated(plain) || isRun(plain) || isKnown(plain, new Set(known.filter((word) => word.length >= 4)))
  return common ? 'too_common' : null
}

/** A few characters over and over. */
const isRepeated = (text: string): boolean => new Set(text).size < 5 || /^(.{1,6})\1+.{0,5}$/su.test(text)

/** A walk along the keys, the alphabet or the digits, there or back. */
function isRun(text: string): boolean {
  const back = [...text].reverse().join('')
  return LINES.some((line) => (line + line).includes(text) || (line + line).includes(back))
}

/** One known word, whatever digits and signs stand around it. */
function isKnown(text: string, about: ReadonlySet<string>): boolean {
  if (about.has(text)) return true
  const word = text
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .replace(/@/g, 'a')
    .replace(/0/g, 'o')
    .replace(/[1!]/g, 'i')
    .replace(/3/g, 'e')
    .replace(/[$5]/g, 's')
  return COMMON.has(word) || about.has(word)
}
