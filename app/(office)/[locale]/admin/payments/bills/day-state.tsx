import { StatusMark } from '#components/office/status-mark.tsx'
import type { PaymentWords } from '../payment-words.ts'

const TONES = { waiting: 'open', refused: 'bad', matched: 'good' } as const

/** How far a day is; matched with something open is not done yet. */
export const DayState = ({
  day,
  t,
}: {
  day: { readonly state: keyof typeof TONES; readonly open: number }
  t: PaymentWords
}) => (
  <StatusMark tone={day.state === 'matched' && day.open > 0 ? 'open' : TONES[day.state]}>
    {t(`bills.states.${day.state}`)}
  </StatusMark>
)
