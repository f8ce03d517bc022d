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

const purposeful = (size, name) => async office => {
  const page = await office.sit('yb.thu-truong', { size, script: false })
  const path = await first(office, page)
  await page.getByRole('heading', { name: /^Mục đích xem hồ sơ/ }).waitFor()
  if (size === WIDE) await office.shoot(`${name}-purpose-plain`, page)
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click()
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
  'whoever only looks says why, without script': purposeful(WIDE, 'wide'),
  'the form of the purpose is in order at 1440': asked(WIDE, 'wide'),
  'the form of the purpose is in order at 390': asked(PHONE, 'phone')
}
