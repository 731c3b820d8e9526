'use client'
import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react'
import type { PhotoCrop } from '#lib/domain/photo-crop.ts'

const PARTS = ['left', 'top', 'size'] as const
const atMost = (value: number, most: number) => Math.min(Math.max(0, value), most)

/**
 * The square over the picture that was uploaded: dragged, or moved by the three sliders below, which are what is sent.
 * Without JavaScript the sliders alone do it.
 */
export function CropFrame({
  src,
  crop,
  words,
}: {
  src: string
  crop: PhotoCrop
  words: Readonly<Record<(typeof PARTS)[number] | 'hint', string>>
}) {
  const [shown, setShown] = useState({ left: crop.left / 100, top: crop.top / 100, size: crop.size / 100 })
  const frame = useRef<HTMLDivElement>(null)
  const square = useRef<HTMLSpanElement>(null)
  // Not an attribute: the page's policy allows no styles in the markup.
  useLayoutEffect(() => {
    if (!square.current) return
    for (const [side, part] of [
      ['left', 'left'],
      ['top', 'top'],
      ['width', 'size'],
    ] as const)
      square.current.style[side] = `${shown[part]}%`
  }, [shown])
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1 || !frame.current) return
    const { clientWidth, clientHeight } = frame.current
    const height = (shown.size * clientWidth) / clientHeight
    setShown({
      ...shown,
      left: atMost(shown.left + (event.movementX / clientWidth) * 100, 100 - shown.size),
      top: atMost(shown.top + (event.movementY / clientHeight) * 100, 100 - height),
    })
  }
  return (
    <>
      <div className="office-crop" ref={frame} onPointerMove={drag}>
        {/* biome-ignore lint/performance/noImgElement: one picture for one person. */}
        <img src={src} alt="" draggable={false} />
        <span ref={square} />
      </div>
      <p className="office-hint">{words.hint}</p>
      <div className="office-pair">
        {PARTS.map((part) => (
          <div key={part} className="office-field">
            <label htmlFor={part}>{words[part]}</label>
            <input
              type="range"
              id={part}
              name={part}
              min={0}
              max={100}
              step="0.01"
              value={shown[part]}
              onChange={(event) => setShown({ ...shown, [part]: Number(event.currentTarget.value) })}
            />
          </div>
        ))}
      </div>
    </>
  )
}
