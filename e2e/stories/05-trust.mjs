// What makes a dossier trustworthy: differences flagged and settled, consents given, purposes said.
import assert from 'node:assert/strict'
import { PHONE, WIDE } from '../lib/office.mjs'

// Opens the first dossier of the list; gives its path.
const first = async (office, page) => {
  await office.go(page, '/ho-so')
  const path = await page.locator('tbody th a').first().getAttribute('href')
  await office.go(page, path)
  return path
}

const flagged = (size, name) => async office => {
  const page = await office.sit('yb.quan-tri', { size })
  const path = await first(office, page)
  await page.getByRole('link', { name: 'Báo sai lệch' }).click()
  await office.inspect(page, `${name}-flag-form`)
  await page.getByLabel('Trường khác với hồ sơ giấy').selectOption({ value: 'identity.birth_date' })
  await page.getByLabel('Hồ sơ giấy ghi thế nào').fill('Giấy khai sinh ghi 28/03/1990')
  await page.getByRole('button', { name: 'Báo sai lệch' }).click()
  await page.getByText('chưa xử lý').first().waitFor()
  await office.inspect(page, `${name}-flag-open`)
  await office.go(page, path)
  await page.getByRole('heading', { name: /sai lệch với hồ sơ giấy chưa xử lý/ }).waitFor()
  await office.inspect(page, `${name}-flag-dossier`)
  await office.go(page, '/ho-so')
  await office.inspect(page, `${name}-flag-list-of-people`)
  await office.go(page, '/sai-lech')
  await office.inspect(page, `${name}-flag-list`)
  await office.go(page, '/')
  await office.inspect(page, `${name}-flag-home`)
  await office.go(page, `${path}/sai-lech`)
  await page.getByText('Bác bỏ, dữ liệu đúng với hồ sơ giấy').first().click()
  await page.getByLabel('Lý do bác bỏ').first().fill('đã đối chiếu bản chính')
  await page.getByRole('button', { name: /Bác bỏ sai lệch này/ }).first().click()
  await page.getByText('đã bác bỏ').first().waitFor()
  await office.inspect(page, `${name}-flag-settled`)
}

const consented = (size, name) => async office => {
  const page = await office.sit('yb.quan-tri', { size })
  const path = await first(office, page)
  await page.getByRole('link', { name: 'Đồng ý cho xem' }).click()
  await office.inspect(page, `${name}-consent-none`)
  await page.getByRole('button', { name: 'Ghi văn bản đồng ý' }).click()
  await page.getByRole('alert').waitFor()
  await office.inspect(page, `${name}-consent-wrong`)
  await page.getByLabel('Tên đăng nhập của tài khoản được xem').fill('yb.thu-truong')
  await page.getByLabel('Phần hồ sơ được xem').selectOption({ index: 2 })
  await page.getByLabel('Số, ký hiệu văn bản đồng ý').fill('15/CV')
  await page.getByLabel('Ngày ký').fill('01/01/2026')
  await page.getByLabel('Đến hết ngày').fill('31/12/2030')
  await page.getByRole('button', { name: 'Ghi văn bản đồng ý' }).click()
  await page.getByText('đang có hiệu lực').first().waitFor()
  await office.inspect(page, `${name}-consent-given`)
  assert.match(path, /^\/ho-so\/\d+$/)
}

const purposeful = (size, name) => async office => {
  const page = await office.sit('yb.thu-truong', { size, script: false })
  const path = await first(office, page)
  await page.getByRole('heading', { name: /^Mục đích xem hồ sơ/ }).waitFor()
  if (size === WIDE) await office.shoot(`${name}-purpose-plain`, page)
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Mở hồ sơ' }).press('Enter')
  await page.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(new URL(page.url()).pathname, path)
  assert.equal(await page.locator('#muc-identity').count(), 1)
}

const asked = (size, name) => async office => {
  const page = await office.sit('dt.chu-tich', { size })
  await first(office, page)
  await office.inspect(page, `${name}-purpose`)
}

export const stories = {
  'a difference with the paper is flagged and settled at 1440': flagged(WIDE, 'wide'),
  'a difference with the paper is flagged and settled at 390': flagged(PHONE, 'phone'),
  'a written consent is given at 1440': consented(WIDE, 'wide'),
  'a written consent is given at 390': consented(PHONE, 'phone'),
  'whoever only looks says why, without script': purposeful(WIDE, 'wide'),
  'the form of the purpose is in order at 1440': asked(WIDE, 'wide'),
  'the form of the purpose is in order at 390': asked(PHONE, 'phone')
}
