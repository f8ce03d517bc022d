// One decision for several people: typed once, people pasted, previewed, placed with its scan; without script as well.
import assert from 'node:assert/strict'
import { PHONE } from '../lib/office.mjs'
import { scan } from '../lib/clerk.mjs'

const fill = async (page, number) => {
  await page.getByLabel('Loại quyết định').selectOption({ index: 2 })
  await page.getByLabel('Số, ký hiệu').fill(number)
  await page.getByLabel('Ngày ký').fill('02/11/2026')
  await page.getByLabel('Cơ quan ban hành').fill('Ủy ban nhân dân tỉnh')
  await page.getByLabel('Trích yếu').fill('Nâng bậc lương thường xuyên đợt 2')
}

export const stories = {
  'people ticked in the list get one decision and one scan': async office => {
    const page = await office.sit('yb.van-thu')
    await office.go(page, '/quyet-dinh')
    await office.inspect(page, 'decisions-register')
    await office.go(page, '/ho-so')
    const ticks = page.locator('tbody input[type=checkbox]')
    for (const place of [0, 1, 2]) await ticks.nth(place).check()
    await page.getByRole('button', { name: /^Ghi quyết định/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Ghi quyết định' }).waitFor()
    const people = page.getByLabel('Danh sách')
    assert.equal((await people.inputValue()).trim().split('\n').length, 3)
    await people.fill(`${await people.inputValue()}Người Không Có\n`)
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.getByRole('alert').waitFor()
    await office.inspect(page, 'decisions-new-bad')
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'decisions-new-bad-phone')
    await page.setViewportSize({ width: 1440, height: 900 })
    await fill(page, '77/QĐ-UBND')
    await people.fill((await people.inputValue()).replace(/Người Không Có\s*/, ''))
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.getByRole('heading', { level: 1, name: 'Xem trước quyết định' }).waitFor()
    await office.inspect(page, 'decisions-preview')
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'decisions-preview-phone')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: 'Sửa lại' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ghi quyết định' }).waitFor()
    assert.equal(await page.getByLabel('Số, ký hiệu').inputValue(), '77/QĐ-UBND')
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.getByRole('button', { name: 'Ghi quyết định' }).click()
    await page.getByText('Chọn tệp cần tải lên').first().waitFor()
    await page.getByLabel('Tệp').setInputFiles(scan('Quyet dinh'))
    await page.getByRole('button', { name: 'Ghi quyết định' }).click()
    await page.getByRole('heading', { level: 1, name: 'Quyết định 77/QĐ-UBND' }).waitFor()
    await office.inspect(page, 'decisions-show')
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'decisions-show-phone')
    const links = await page.locator('tbody th a').evaluateAll(all => all.map(link => link.getAttribute('href').split('#')[0]))
    assert.equal(links.length, 3)
    for (const link of links) {
      await office.go(page, link)
      await page.locator('#muc-decisions').getByText('77/QĐ-UBND').waitFor()
    }
    await office.go(page, '/quyet-dinh')
    await office.inspect(page, 'decisions-register-phone')
  },

  'a decision is entered without script': async office => {
    const page = await office.sit('yb.van-thu', { script: false })
    await office.go(page, '/ho-so')
    const name = await page.locator('tbody th a').first().innerText()
    const born = await page.locator('tbody tr').first().innerText()
    await office.go(page, '/quyet-dinh/moi')
    await fill(page, '78/QĐ-UBND')
    const day = born.match(/\d\d\/\d\d\/\d{4}/)?.[0] ?? ''
    await page.getByLabel('Danh sách').fill(`${name}, ${day}`)
    await page.getByRole('button', { name: 'Xem trước' }).press('Enter')
    await page.getByLabel('Tệp').setInputFiles(scan('Quyet dinh'))
    await page.getByRole('button', { name: 'Ghi quyết định' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Quyết định 78/QĐ-UBND' }).waitFor()
  }
}
