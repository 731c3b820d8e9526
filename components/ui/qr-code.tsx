import { encode } from 'uqr'

/** Light modules around a code, without which phones do not find it (ISO/IEC 18004: four). */
const QUIET = 4

/** A QR code as a picture in the page: nothing is loaded, and it stays sharp at any size. */
export function QrCode({ text, label, className }: { text: string; label: string; className: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className={className} role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" shapeRendering="crispEdges" d={dark} />
    </svg>
  )
}
