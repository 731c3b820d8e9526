export const PASSWORD_AT_LEAST = 12
export const PASSWORD_AT_MOST = 128

/** What the list of the world, which is English, lacks: words of our languages, of this trade and of paying here. */
const OF_HERE: ReadonlySet<string> = new Set(
  (
    'comptoir ceramics keramik porcelain celadon alipay wechat wechatpay unionpay zhifubao weixin woaini motdepasse ' +
    'passwort bienvenue jetaime princesse azerty azertyuiop soleil chocolat doudou loulou nicolas marseille'
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
 * @param isCommon whether people choose these letters, in lower case, more than others.
 */
export function passwordProblem(
  password: string,
  about: readonly string[],
  isCommon: (password: string) => boolean,
): PasswordProblem | null {
  const length = [...password].length
  if (length < PASSWORD_AT_LEAST) return 'too_short'
  if (length > PASSWORD_AT_MOST) return 'too_long'
  const plain = password.toLowerCase()
  const known = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).map((text) => text.toLowerCase())
  const theirs = new Set(known.filter((word) => word.length >= 4))
  const isGuessed = isRepeated(plain) || isRun(plain) || isCommon(plain) || theirs.has(plain)
  return isGuessed || isWordWithRest(plain, theirs, isCommon) ? 'too_common' : null
}

/** A few characters over and over. */
const isRepeated = (text: string): boolean => new Set(text).size < 5 || /^(.{1,6})\1+.{0,5}$/su.test(text)

/** A walk along the keys, the alphabet or the digits, there or back. */
function isRun(text: string): boolean {
  const back = [...text].reverse().join('')
  return LINES.some((line) => (line + line).includes(text) || (line + line).includes(back))
}

/** One known word with digits and signs around it. A common one must be half of it: much else around it is a secret. */
function isWordWithRest(text: string, theirs: ReadonlySet<string>, isCommon: (word: string) => boolean): boolean {
  const word = text
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .replace(/@/g, 'a')
    .replace(/0/g, 'o')
    .replace(/[1!]/g, 'i')
    .replace(/3/g, 'e')
    .replace(/[$5]/g, 's')
  return OF_HERE.has(word) || theirs.has(word) || (2 * word.length >= text.length && isCommon(word))
}
