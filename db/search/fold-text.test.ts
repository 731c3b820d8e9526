import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { foldText } from '#lib/domain/search-query.ts'
import { db } from '../client.ts'

/** Latin-1, Latin Extended-A, full-width forms, ligatures: the letters that our three languages are typed with. */
const LETTERS = [
  [0xc0, 0x17f],
  [0xff21, 0xff5a],
  [0xfb00, 0xfb06],
  [0x1e00, 0x1eff],
] as const
const letters = LETTERS.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)),
)

test('what is typed and what is written in the catalogue are folded alike', async () => {
  const plain = letters.filter((letter) => /^[a-z]+$/.test(foldText(letter)))
  const rows = await db.execute<{ letter: string; folded: string }>(
    sql`select letter, fold_text(letter) as folded from unnest(${sql.param(plain)}::text[]) as letter`,
  )
  expect(Object.fromEntries(rows.map((row) => [row.letter, row.folded]))).toEqual(
    Object.fromEntries(plain.map((letter) => [letter, foldText(letter)])),
  )
})

test.each([
  ['青釉茶壶', '青 青釉 釉 釉茶 茶 茶壶 壶'],
  ['圆壶 RT90', '圆 圆壶 壶 rt90'],
  ['壶', '壶'],
  ['', null],
])('%s is split into %s', async (text, split) => {
  expect(await db.execute(sql`select split_han(fold_text(${text}::text)) as split`)).toMatchObject([{ split }])
})
