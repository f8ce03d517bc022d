// Figures of units: on paper, down to the people, and what a unit enters about its posts and people.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { PHONE } from '../lib/office.mjs'

// What is between the margins of A4 on its side, in CSS pixels.
const BETWEEN_MARGINS = Math.floor((297 - 24) / 25.4 * 96)

const print = async page => {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  const info = execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' })
  return { text: text.replace(/\s+/g, ' ').toLowerCase(), info }
}

export const stories = {
  'figures are printed on A4 under unit, title and day': async office => {
    const page = await office.sit('dt.quan-tri')
    for (const [path, title] of [['/tong-hop', 'Số lượng, chất lượng'], ['/tong-hop/chat-luong', 'Chất lượng đội ngũ'], ['/bien-che', 'Biên chế được giao và có mặt']]) {
      await office.go(page, path)
      const day = (await page.locator('.foot').innerText()).match(/\d\d\/\d\d\/\d{4}/)[0]
      // A heading may be broken over lines, a figure is not: the last of the first line shows that nothing is cut off.
      const last = await page.locator('tbody tr:has(td)').first().locator('td').last().innerText()
      const { text, info } = await print(page)
      for (const words of ['Ủy ban nhân dân tỉnh Đồng Tháp', title, `ngày ${day}`, last]) {
        assert.ok(text.includes(words.replace(/\s+/g, ' ').toLowerCase()), `${path}: “${words}” is not on the paper:\n${text}`)
      }
      assert.ok(!text.includes('việc cần làm'), `${path}: the navigation is printed`)
      assert.match(info, /Page size:\s+841\.\d+ x 59\d\.?\d* pts \(A4\)/, info)
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: BETWEEN_MARGINS, height: 700 })
      const wide = await page.locator('table').evaluateAll(all => Math.max(...all.map(table => table.getBoundingClientRect().right)))
      assert.ok(wide <= BETWEEN_MARGINS + 1, `${path}: a table is ${wide} px wide, the paper ${BETWEEN_MARGINS}`)
      await office.shoot(`print${path.replaceAll('/', '-')}`, page)
      await page.emulateMedia({ media: null })
    }
  },

  'a figure leads to its people and back to the unit': async office => {
    const page = await office.sit('yb.quan-tri')
    await office.go(page, '/tong-hop')
    await page.getByRole('link', { name: 'Sở Y tế' }).click()
    await page.getByRole('heading', { level: 1, name: /Sở Y tế/ }).waitFor()
    await office.inspect(page, 'figures-unit')
    const figure = page.locator('tbody tr').first().locator('td a').first()
    const number = await figure.innerText()
    await figure.click()
    await page.getByText(`${number} hồ sơ`, { exact: true }).first().waitFor()
    await office.inspect(page, 'figures-people')
    await page.getByRole('link', { name: /^Trong biên chế/ }).waitFor()
  },

  'a decision and a report are entered without script': async office => {
    const page = await office.sit('yb.quan-tri', { script: false })
    await office.go(page, '/bien-che')
    await page.getByRole('link', { name: 'Nhập quyết định giao' }).press('Enter')
    await page.getByRole('button', { name: 'Ghi quyết định giao' }).press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Loại biên chế').selectOption('su_nghiep')
    await page.getByLabel('Số quyết định').fill('99/QĐ-UBND')
    await page.getByLabel('Ngày ký').fill('01/02/2026')
    await page.getByLabel('Cơ quan ban hành').fill('Ủy ban nhân dân tỉnh')
    await page.getByLabel('Số giao cho Trường Mầm non Hoa Ban').fill('5')
    await page.getByRole('button', { name: 'Ghi quyết định giao' }).press('Enter')
    const row = page.getByRole('row', { name: /Trường Mầm non Hoa Ban/ })
    await row.getByText('vượt 2').waitFor()
    await row.getByRole('link', { name: 'Trường Mầm non Hoa Ban' }).press('Enter')
    await page.getByText('99/QĐ-UBND ngày 01/02/2026').first().waitFor()
    await page.getByLabel('Số người có mặt').fill('8')
    await page.getByRole('button', { name: 'Báo số có mặt' }).press('Enter')
    await page.getByText('Còn thiếu 1 hồ sơ').waitFor()
  },

  'figures, posts and a unit are read on a phone': async office => {
    const page = await office.sit('yb.quan-tri', { size: PHONE })
    for (const path of ['/tong-hop/chat-luong', '/bien-che/quyet-dinh']) {
      await office.go(page, path)
      await office.inspect(page, `phone${path.replaceAll('/', '-')}`)
    }
    await office.go(page, '/bien-che')
    await page.getByRole('link', { name: 'Sở Y tế', exact: true }).click()
    await office.inspect(page, 'phone-quota-unit')
  }
}
