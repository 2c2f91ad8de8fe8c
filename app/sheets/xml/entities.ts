const known: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** XML's five names and the numbered ones; what is neither stays as it stands. */
export function decodeEntities(text: string): string {
  if (text.indexOf('&') < 0) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, number, name) => {
    if (name !== undefined) return known[name] ?? whole
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(number)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Workbooks write characters that XML does not allow as _x000D_ (ECMA-376 part 1, 22.4.2.4). */
export const decodeEscapes = (text: string): string =>
  text.indexOf('_x') < 0
    ? text
    : text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
