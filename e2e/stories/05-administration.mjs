// The administrator's desk: every page of it, wide and on a phone, and a code of the province's own used at once.
import assert from 'node:assert/strict'
import { PHONE, WIDE } from '../lib/office.mjs'

const ADMIN = 'yb.quan-tri'
const PAGES = ['/quan-tri', '/quan-tri/quyen', '/quan-tri/danh-muc', '/quan-tri/danh-muc/positions', '/quan-tri/danh-muc/genders', '/quan-tri/quy-che', '/quan-tri/truong-rieng', '/quan-tri/cong-viec']

const walk = (size, name) => async office => {
  const page = await office.sit(ADMIN, { size })
  for (const path of PAGES) {
    assert.equal(await office.go(page, path), 200, path)
    await office.inspect(page, `${name}${path.replaceAll('/', '-')}`)
  }
}

export const stories = {
  'a code of the province is added, and offered in the form of a dossier at once': async office => {
    const page = await office.sit(ADMIN)
    await office.go(page, '/quan-tri/danh-muc/positions')
    await page.getByRole('button', { name: 'Thêm mã riêng' }).click()
    await page.getByText('Nhập tên của mã', { exact: false }).first().waitFor()
    await office.inspect(page, 'admin-code-missing')
    await page.getByLabel('Tên', { exact: false }).first().fill('Tổ trưởng tổ dân phố')
    await page.getByLabel('Văn bản làm căn cứ', { exact: false }).fill('Công văn 12/SNV ngày 15/01/2026')
    await page.getByRole('button', { name: 'Thêm mã riêng' }).click()
    await page.getByRole('rowheader', { name: /Tổ trưởng tổ dân phố/ }).waitFor()
    const offered = await page.request.get(`${office.server.address}/danh-muc/positions/tim?q=${encodeURIComponent('tổ dân phố')}`)
    assert.match(await offered.text(), /rieng_to_truong_to_dan_pho/)
  },
  'every page of the desk is in order at 1440': walk(WIDE, 'admin-wide'),
  'every page of the desk is in order at 390': walk(PHONE, 'admin-phone')
}
