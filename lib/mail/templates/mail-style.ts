import type { CSSProperties } from 'react'

/** Mail programs read no stylesheet and know no custom property, so the shop's colours stand here as values. */
const ink = '#2b2622'
const muted = '#6f665c'
const line = '#ddd4c6'
const serif = '"Instrument Serif", Georgia, "Songti SC", serif'
const sans = '"Instrument Sans", -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif'

export const mailStyle = {
  body: { backgroundColor: '#f6f1e8', color: ink, fontFamily: sans, margin: 0, padding: '32px 16px' },
  sheet: { backgroundColor: '#fcfaf5', maxWidth: '560px', padding: '40px 32px' },
  name: { fontFamily: serif, fontSize: '22px', margin: '0 0 32px' },
  heading: { fontFamily: serif, fontSize: '32px', fontWeight: 400, lineHeight: '38px', margin: '0 0 16px' },
  text: { fontSize: '16px', lineHeight: '26px', margin: '0 0 24px' },
  button: { backgroundColor: '#8f3d22', color: '#fcfaf5', fontSize: '16px', padding: '14px 28px' },
  link: { color: '#8f3d22' },
  rule: { borderColor: line, margin: '32px 0 16px' },
  label: { color: muted, fontSize: '14px', margin: '0 0 8px' },
  item: { fontSize: '15px', lineHeight: '22px', margin: '6px 0' },
  option: { color: muted, fontSize: '14px' },
  amount: { fontSize: '15px', lineHeight: '22px', margin: '6px 0', textAlign: 'right', whiteSpace: 'nowrap' },
  total: { fontSize: '17px', fontWeight: 600, margin: '10px 0' },
  footer: { color: muted, fontSize: '13px', lineHeight: '20px', margin: '32px 0 0' },
} as const satisfies Record<string, CSSProperties>
