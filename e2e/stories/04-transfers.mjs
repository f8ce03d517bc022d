// A dossier goes from one body to another: the body above sends it with its scan, the receiver takes it in; somebody leaves.
import { PHONE } from '../lib/office.mjs'
import { scan } from '../lib/clerk.mjs'

const fill = async page => {
  await page.getByLabel('Ngày hiệu lực').fill('01/11/2026')
  await page.getByLabel('Số quyết định').fill('412/QĐ-SNV')
  await page.getByLabel('Ngày ký').fill('26/10/2026')
  await page.getByLabel('Cơ quan ban hành').fill('Sở Nội vụ')
}

export const stories = {
  'a dossier is sent with its scan, waits, and is taken in': async office => {
    const page = await office.sit('yb.quan-tri')
    await office.go(page, '/ho-so?q=')
    await page.locator('tbody th a').nth(8).click()
    await page.getByRole('link', { name: 'Chuyển hồ sơ', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: /^Chuyển hồ sơ/ }).waitFor()
    await page.getByRole('button', { name: 'Chuyển hồ sơ' }).click()
    await page.getByRole('alert').waitFor()
    await office.inspect(page, 'transfers-send-bad')
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'transfers-send-bad-phone')
    await page.setViewportSize({ width: 1440, height: 900 })
    await fill(page)
    const units = await page.getByLabel('Đơn vị nhận').locator('option').evaluateAll(all => all.map(one => [one.value, one.textContent]))
    const to = units.find(([, name]) => name.includes('Hội Khuyến học'))
    await page.getByLabel('Đơn vị nhận').selectOption(to[0])
    await page.getByLabel('Bản quét quyết định').setInputFiles(scan('Quyet dinh'))
    await page.getByRole('button', { name: 'Chuyển hồ sơ' }).click()
    await page.getByRole('heading', { level: 1, name: 'Điều chuyển hồ sơ' }).waitFor()
    await page.getByText('chờ nơi nhận').waitFor()
    await office.inspect(page, 'transfers-out')
    await office.go(page, '/chuyen-ho-so')
    await office.inspect(page, 'transfers-in')
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'transfers-in-phone')
    await page.setViewportSize({ width: 1440, height: 900 })
    await office.go(page, '/thoi-han')
    await office.inspect(page, 'reminders-queue')
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'reminders-queue-phone')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('link', { name: /^Vì sao/ }).first().click()
    await office.inspect(page, 'reminders-reason')
    await office.go(page, '/thoi-han/don-vi')
    await office.inspect(page, 'reminders-units')
    await office.go(page, '/chuyen-ho-so')
    await page.getByRole('button', { name: /^Tiếp nhận/ }).click()
    await page.getByText('Hội Khuyến học tỉnh').first().waitFor()
  },

  'somebody who retires is closed and opened again': async office => {
    const page = await office.sit('yb.van-thu')
    await office.go(page, '/ho-so')
    await page.locator('tbody th a').nth(6).click()
    await page.getByRole('link', { name: 'Nghỉ, chuyển ra ngoài' }).click()
    await page.getByRole('button', { name: 'Khép hồ sơ' }).click()
    await page.getByRole('alert').waitFor()
    await office.inspect(page, 'transfers-leave-bad')
    await page.getByLabel('Tình trạng').selectOption({ label: 'Nghỉ hưu (YB-12.3)' })
    await page.getByLabel('Ngày hiệu lực').fill('01/11/2026')
    await page.getByLabel('Số quyết định, giấy tờ').fill('88/QĐ-SNV')
    await page.getByLabel('Ngày ký').fill('26/08/2026')
    await page.getByLabel('Cơ quan ban hành').fill('Sở Nội vụ')
    await page.getByRole('button', { name: 'Khép hồ sơ' }).click()
    await page.getByRole('link', { name: 'Mở lại hồ sơ' }).click()
    await page.getByLabel('Lý do mở lại').fill('ghi nhầm người')
    await page.getByRole('button', { name: 'Mở lại hồ sơ' }).click()
    await page.getByRole('link', { name: 'Chuyển hồ sơ', exact: true }).waitFor()
  },

  'a unit states that it went through its dossiers': async office => {
    const page = await office.sit('yb.van-thu')
    await office.go(page, '/ra-soat')
    await office.inspect(page, 'reviews')
    await page.getByLabel(/^Ghi chú/).fill('Đã đối chiếu với hồ sơ giấy')
    await page.getByRole('button', { name: 'Xác nhận đã rà soát' }).click()
    await page.getByRole('cell', { name: 'Đã đối chiếu với hồ sơ giấy' }).waitFor()
    await page.setViewportSize(PHONE)
    await office.inspect(page, 'reviews-phone')
  }
}
