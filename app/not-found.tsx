/**
 * Never shown: an address without a language is answered by `global-not-found.tsx`, one with a language by that
 * language's own page. Here so that Next's stand-in, 500 bytes of it, does not travel with every page.
 */
export default function NotFound() {
  return null
}
