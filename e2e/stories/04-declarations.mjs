// A person declares a change of the own dossier with its paper; the unit sends it back or passes it.
import { PHONE } from '../lib/office.mjs'
import { scan } from '../lib/clerk.mjs'

export const stories = {
  'a person declares a new phone number and the unit checks it against the paper': async office => {
    const page = await office.sit('vp.ca-nhan-xa', { size: PHONE })
    await page.getByRole('link', { name: 'Hồ sơ của tôi' }).first().click()
    await page.getByRole('link', { name: 'Khai báo', exact: true }).click()
    await office.inspect(page, 'declarations-mine-phone')
    await page.getByRole('link', { name: 'Thông tin liên hệ' }).click()
    await page.locator('#contact-mobile_phone').fill('091')
    await page.getByRole('button', { name: 'Gửi khai báo' }).click()
    await page.getByRole('alert').waitFor()
    await office.inspect(page, 'declarations-form-bad-phone')
    await page.locator('#contact-mobile_phone').fill('0912345678')
    await page.getByLabel('Bản chụp giấy tờ').setInputFiles(scan('Giay xac nhan'))
    await page.getByRole('button', { name: 'Gửi khai báo' }).click()
    await page.getByText('chờ kiểm tra').waitFor()
    const unit = await office.sit('vp.kiem-tra')
    await office.go(unit, '/khai-bao')
    await office.inspect(unit, 'declarations-queue')
    await unit.getByRole('button', { name: /^Đạt, đúng bản chính/ }).first().click()
    await unit.waitForLoadState('networkidle')
    await office.go(unit, '/khai-bao?phan=cho-duyet')
    await unit.getByText('0912345678').waitFor()
    await office.inspect(unit, 'declarations-verified')
  }
}
