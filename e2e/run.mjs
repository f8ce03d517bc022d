// Runs every story against a fresh demo on a server of its own; last line "N passed, N failed".
//   node run.mjs            all stories
//   node run.mjs door list  those whose file name contains one of the words
// HOSO_BIN names the program, SHOTS a folder for pictures.
import { readdir } from 'node:fs/promises'
import { start } from './lib/server.mjs'
import { Office } from './lib/office.mjs'

const wanted = process.argv.slice(2)
const folder = new URL('./stories/', import.meta.url)
const files = (await readdir(folder)).filter(name => name.endsWith('.mjs')).sort()
const chosen = files.filter(name => wanted.length === 0 || wanted.some(word => name.includes(word)))

let passed = 0
let failed = 0
const server = await start()
const office = await Office.open(server)
try {
  for (const file of chosen) {
    const { stories } = await import(new URL(file, folder))
    for (const [name, tell] of Object.entries(stories)) {
      const begun = Date.now()
      try {
        await tell(office)
        passed += 1
        console.log(`ok   ${name} (${Date.now() - begun} ms)`)
      } catch (error) {
        failed += 1
        console.log(`FAIL ${name}\n${error.stack ?? error}`)
        await office.shoot(`failed-${file.replace('.mjs', '')}-${failed}`).catch(() => {})
      } finally {
        await office.clear()
      }
    }
  }
} finally {
  await office.close()
  await server.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
