/** Unicode's White_Space. `String.prototype.trim` differs: it removes U+FEFF and keeps U+0085. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** Where the text without the white space around it begins and ends. */
export function trimmedRange(text: string): { start: number; end: number } {
  let start = 0
  let end = text.length
  while (isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return { start, end }
}

export function trim(text: string): string {
  const { start, end } = trimmedRange(text)
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

/** Length in bytes of UTF-8; a lone surrogate counts as the U+FFFD that it is sent as. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    if (code < 0x800) bytes++
    else if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2
      i++
    } else bytes += 2
  }
  return bytes
}

/** The first `characters` code points; the same string if it has no more. */
export function firstCharacters(text: string, characters: number): string {
  if (text.length <= characters) return text
  let end = 0
  for (let count = 0; count < characters && end < text.length; count++) end = afterCharacter(text, end)
  return end >= text.length ? text : text.slice(0, end)
}

/** The index after the code point that begins at `index`. */
export function afterCharacter(text: string, index: number): number {
  const paired = isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(index + 1))
  return index + (paired ? 2 : 1)
}

/** The order of the UTF-8 bytes, which is that of the code points; UTF-16 sorts surrogates before U+E000. */
export function byCodePoint(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

const loneSurrogate = /\p{Surrogate}/u
const loneSurrogates = /\p{Surrogate}/gu

/** JSON escapes can spell half a surrogate pair, which no UTF-8 text can hold. */
export function wellFormed(text: string): string {
  return loneSurrogate.test(text) ? text.replace(loneSurrogates, '\ufffd') : text
}

const rank = (code: number) => (code >= 0xe000 ? code - 0x800 : code >= 0xd800 ? code + 0x2000 : code)

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff

const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff
