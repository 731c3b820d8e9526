/** How large a part is, as a bar in a cell of a table that says it in numbers too. @param share from 0 to 1. */
export const Bar = ({ share, tone = 'accent' }: { share: number; tone?: 'accent' | 'bad' }) => (
  <svg className="plot-bar" width="100%" height="8" aria-hidden="true">
    <rect className="plot-bar-ground" width="100%" height="8" />
    <rect
      className={tone === 'bad' ? 'plot-bar-bad' : 'plot-column'}
      width={`${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`}
      height="8"
    />
  </svg>
)
