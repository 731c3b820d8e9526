import type { FigureFile } from '#lib/office-paths.ts'
import { conversionFigure } from './conversion.tsx'
import type { AnyFigure } from './figure.ts'
import { hoursFigure } from './hours.tsx'
import { piecesFigure } from './pieces.tsx'
import { refundsFigure } from './refunds.tsx'
import { salesFigure } from './sales.tsx'
import { stockFigure } from './stock.tsx'
import { waysFigure } from './ways.tsx'

/** All parts, in the order of the page. */
export const FIGURES = {
  sales: salesFigure,
  hours: hoursFigure,
  ways: waysFigure,
  pieces: piecesFigure,
  conversion: conversionFigure,
  refunds: refundsFigure,
  stock: stockFigure,
} as const satisfies Record<FigureFile, AnyFigure>
