import { type Cell, type SheetRow, sheetLimits } from '../../model/sheet/cell.ts'
import { decodeEscapes } from '../xml/entities.ts'
import { attribute, skipSpace, type XmlEars } from '../xml/scan.ts'
import { trouble } from '../zip/part.ts'
import { serialDate } from './dates.ts'
import type { SharedStrings } from './strings.ts'
import { isTrue } from './workbook.ts'

/** What a sheet's cells refer to. */
export type SheetAround = {
  readonly strings: SharedStrings
  readonly isDate: readonly boolean[]
  readonly is1904: boolean
}

const mergedMost = 1000
/** Empty cells that are put in at once. */
const gapMost = 100

/**
 * Listens to a worksheet part (ECMA-376 part 1, 18.3) and collects its rows that have a value. Formulas are never worked out: their
 * value is the one that was saved. Throws SheetTrouble for a sheet beyond the limits.
 */
export class SheetEars implements XmlEars {
  wantsText = false
  /** Rows that are whole; whoever takes them empties it. */
  rows: SheetRow[] = []
  readonly merged: string[] = []
  readonly #around: SheetAround
  #row = 0
  #cells: Cell[] = []
  #formulas: number[] = []
  #isHidden = false
  #column = -1
  #type = 'n'
  #isDate = false
  #text = ''
  #isFormula = false
  #isPhonetic = false

  constructor(around: SheetAround) {
    this.#around = around
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case 'c':
        this.#openCell(attributes)
        return
      case 'v':
      case 't':
        this.wantsText = this.#column >= 0 && !this.#isPhonetic
        return
      case 'row':
        this.#openRow(attributes)
        return
      case 'f':
        this.#isFormula = this.#column >= 0
        return
      case 'rPh':
        this.#isPhonetic = true
        return
      case 'mergeCell':
        if (this.merged.length < mergedMost) this.merged.push(attribute(attributes, 'ref') ?? '')
    }
  }

  text(piece: string): void {
    this.#text = this.#text === '' ? piece : this.#text + piece
    if (this.#text.length > sheetLimits.cellLength * 4) {
      throw trouble('sheet-too-large', { problem: `a cell in row ${this.#row} holds too long a text` })
    }
  }

  close(name: string): void {
    switch (name) {
      case 'c':
        this.#closeCell()
        return
      case 'v':
      case 't':
        this.wantsText = false
        return
      case 'row':
        this.#closeRow()
        return
      case 'rPh':
        this.#isPhonetic = false
    }
  }

  #openRow(attributes: string): void {
    const number = attribute(attributes, 'r')
    this.#row = number === null ? this.#row + 1 : Number(number)
    if (!(this.#row >= 1 && this.#row <= sheetLimits.rows)) {
      throw trouble('sheet-damaged', { problem: `it has a row number ${String(number).slice(0, 20)}` })
    }
    this.#isHidden = isTrue(attribute(attributes, 'hidden'))
    this.#cells = []
    this.#formulas = []
    this.#column = -1
    this.#next = 0
  }
  #next = 0

  #openCell(attributes: string): void {
    this.#type = 'n'
    this.#isDate = false
    this.#text = ''
    this.#isFormula = false
    let column = this.#next
    for (let at = 0; at < attributes.length; ) {
      const equals = attributes.indexOf('=', at)
      if (equals < 0) break
      const open = skipSpace(attributes, equals + 1)
      const close = attributes.indexOf(attributes.charAt(open), open + 1)
      if (close < 0) break
      // The one letter before the equals sign tells r, s and t apart; a longer name has another letter before it.
      const isShort = attributes.charCodeAt(equals - 2) <= 32
      const letter = isShort ? attributes.charCodeAt(equals - 1) : 0
      if (letter === 114) column = columnOf(attributes, open + 1, close)
      else if (letter === 116) this.#type = attributes.slice(open + 1, close)
      else if (letter === 115)
        this.#isDate = this.#around.isDate[Number(attributes.slice(open + 1, close))] ?? false
      at = close + 1
    }
    if (column >= sheetLimits.columns) {
      throw trouble('sheet-too-large', { problem: `row ${this.#row} is wider than any spreadsheet` })
    }
    this.#column = column
    this.#next = column + 1
  }

  #closeCell(): void {
    const value = this.#value()
    if (value !== null) {
      if (this.#column - this.#cells.length > gapMost) this.#gappy.add(this.#cells)
      else while (this.#cells.length < this.#column) this.#cells.push(null)
      this.#cells[this.#column] = value
      this.#values++
      if (this.#isFormula) this.#formulas.push(this.#column)
    }
    this.#column = -1
  }

  #value(): Cell {
    const text = this.#text
    switch (this.#type) {
      case 's':
        return text === '' ? null : this.#shared(Number(text))
      case 'inlineStr':
      case 'str':
        return textCell(decodeEscapes(text))
      case 'b':
        return text === '' ? null : text === '1'
      case 'e':
        return { kind: 'error', text }
      case 'd':
        return text === '' ? null : { kind: 'date', text: text.replace(/(?:\.\d+)?Z?$/, '') }
    }
    if (text === '') return null
    const number = Number(text)
    if (Number.isNaN(number)) return textCell(text)
    const date = this.#isDate ? serialDate(number, this.#around.is1904) : null
    return date === null ? number : { kind: 'date', text: date }
  }

  /** A shared text that is not read yet leaves a gap, which `fill` closes. */
  #shared(index: number): Cell {
    const { strings } = this.#around
    if (index < strings.count) return textCell(strings.at(index))
    this.#gaps.push({ cells: this.#cells, column: this.#column, index })
    this.#furthest = Math.max(this.#furthest, index)
    return ''
  }
  #gaps: { readonly cells: Cell[]; readonly column: number; readonly index: number }[] = []
  #furthest = 0

  /** Reads the texts that the rows met so far still lack. Throws SheetTrouble. */
  async fill(): Promise<void> {
    if (this.#gaps.length === 0) return
    const { strings } = this.#around
    await strings.upTo(this.#furthest)
    for (const { cells, column, index } of this.#gaps) cells[column] = textCell(strings.at(index))
    this.#gaps = []
  }

  /** A row with all the cells that are before its last one. */
  readonly filled = (row: SheetRow): SheetRow =>
    this.#gappy.delete(row.cells) ? { ...row, cells: Array.from(row.cells, (cell) => cell ?? null) } : row
  /** Cells of rows that wait to be taken, with wide gaps in them: a value in the last column alone would take 16,384 places. */
  readonly #gappy = new Set<readonly Cell[]>()
  #values = 0
  #width = 0

  /** A sheet that would come to far more than there is in it. */
  #refuseVoid(): void {
    this.#width += this.#cells.length
    const isVoid = this.#width > sheetLimits.emptyCells && this.#values < this.#width / 100
    if (!isVoid && this.#width <= sheetLimits.cells) return
    throw trouble('sheet-too-large', {
      problem: isVoid ? 'its rows are very wide and almost empty' : 'it has too many cells',
    })
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return
    this.#refuseVoid()
    this.rows.push({
      number: this.#row,
      cells: this.#cells,
      isHidden: this.#isHidden,
      formulas: this.#formulas.length === 0 ? none : this.#formulas,
    })
  }
}

const none: readonly number[] = []

const textCell = (text: string | null): Cell => (text === null || text === '' ? null : text)

/** 0 for "A1", 26 for "AA7"; past the limits for what is no reference. */
function columnOf(text: string, from: number, to: number): number {
  let column = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + (code - 64)
    if (column > sheetLimits.columns) break
  }
  return column === 0 ? Number.POSITIVE_INFINITY : column - 1
}
