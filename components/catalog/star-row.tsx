/** Five stars, filled to the nearest half. @param tenths 10 to 50. @param label the same in words. */
export const StarRow = ({ tenths, label }: { tenths: number; label: string }) => (
  <span className="stars" role="img" aria-label={label} data-halves={Math.round(tenths / 5)} />
)
