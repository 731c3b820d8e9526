/** Hundredths of a yuan. */
export type Fen = bigint

const YUAN = /^(0|[1-9]\d{0,8})(?:\.(\d{1,2}))?$/

/** Reads `12`, `12.3` or `12.34`; null for anything else (sign, exponent, blanks, a third decimal). */
export function parseYuan(text: string): Fen | null {
  const match = YUAN.exec(text)
  if (!match) return null
  return BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))
}

/** `-1234n` → `-12.34` */
export function formatYuan(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** `123456n` → `¥1,234.56`, for people. */
export const showYuan = (fen: Fen): string => `¥${formatYuan(fen).replace(/\B(?=(\d{3})+(?=\.))/g, ',')}`

/** Half a fen rounds up. @param perTenThousand 60 is 0.60 % */
export function share(amount: Fen, perTenThousand: bigint): Fen {
  return (amount * perTenThousand + 5_000n) / 10_000n
}
