import localFont from 'next/font/local'

/*
 * `optional`: a face that is late stays away until the next visit instead of moving what one already reads. Many
 * systems have neither Times nor Arial, so a fallback of the same metrics cannot promise that alone. Not preloaded: on a
 * slow line 39 KB of faces ahead of the stylesheet delay the first paint by 150 ms.
 */

/** A revival of Goudy Old Style, for names and titles; old-style figures suit running text, so prices are set in the sans. */
const display = localFont({
  src: '../node_modules/@fontsource/sorts-mill-goudy/files/sorts-mill-goudy-latin-400-normal.woff2',
  weight: '400',
  display: 'optional',
  preload: false,
  variable: '--face-display',
  adjustFontFallback: 'Times New Roman',
})

const sans = localFont({
  src: '../node_modules/@fontsource/instrument-sans/files/instrument-sans-latin-400-normal.woff2',
  weight: '400',
  display: 'optional',
  preload: false,
  variable: '--face-sans',
  adjustFontFallback: 'Arial',
})

/** For `<html>`: names both faces as CSS variables, each with a fallback of the same metrics, so that nothing moves. */
export const fontVariables = `${display.variable} ${sans.variable}`
