// A returned workbook as its owner mends it: cells are changed, everything else stays.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import assert from 'node:assert/strict'

const SHEET = 'xl/worksheets/sheet1.xml'
const texts = /<c r="([A-Z]+)(\d+)"[^>]*>(?:<is><t[^>]*>([^<]*)<\/t><\/is>|<v>([^<]*)<\/v>)<\/c>/g

export class Workbook {
  constructor (bytes) {
    this.parts = unzipSync(new Uint8Array(bytes))
    assert.ok(this.parts[SHEET], 'the workbook has a first sheet')
  }

  get sheet () { return strFromU8(this.parts[SHEET]) }

  // Every filled cell as { column, row, text }.
  cells () {
    return [...this.sheet.matchAll(texts)].map(([, column, row, text, number]) => ({ column, row: Number(row), text: text ?? number }))
  }

  row (number) {
    return Object.fromEntries(this.cells().filter(cell => cell.row === number).map(cell => [cell.column, cell.text]))
  }

  // Writes over the one cell that holds this text.
  mend (wrong, right) {
    const before = `<t>${wrong}</t>`
    assert.equal(this.sheet.split(before).length, 2, `one cell holds “${wrong}”`)
    this.parts[SHEET] = strToU8(this.sheet.replace(before, `<t>${right}</t>`))
  }

  bytes () { return Buffer.from(zipSync(this.parts)) }
}
