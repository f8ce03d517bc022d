import assert from 'node:assert/strict'
import { PHONE, WIDE } from '../lib/office.mjs'

export const stories = {
  'a stranger sees the door and nothing else' : async office => {
    const page = await office.sit()
    for (const path of ['/', '/ho-so', '/don-vi', '/tai-khoan', '/nhap-excel']) {
      await office.go(page, path)
      assert.equal(new URL(page.url()).pathname, '/dang-nhap')
    }
    await office.inspect(page, 'door-wide')
  },

  'a wrong password keeps the login and says what to do': async office => {
    const page = await office.sit(null, { size: PHONE })
    await office.go(page, '/dang-nhap')
    await page.getByLabel('Tên đăng nhập').fill('yb.van-thu')
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sai')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('không đúng').waitFor()
    assert.equal(await page.getByLabel('Tên đăng nhập').inputValue(), 'yb.van-thu')
    await office.inspect(page, 'door-phone')
  },

  'the door works without script and by keyboard alone': async office => {
    const page = await office.sit(null, { script: false })
    await office.go(page, '/dang-nhap')
    // The page itself puts the cursor there, a moment after it has loaded.
    await page.locator('[name=login]:focus').waitFor()
    await page.keyboard.type('yb.quan-tri')
    await page.keyboard.press('Tab')
    await page.keyboard.type(office.password())
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Chính' }).waitFor()
  },

  'an operator signs out and the way back is closed': async office => {
    const page = await office.sit('yb.van-thu', { size: WIDE })
    await page.locator('header .menu > summary').click()
    await page.getByRole('button', { name: 'Đăng xuất' }).click()
    await page.getByText('Đã đăng xuất').waitFor()
    await office.go(page, '/don-vi')
    assert.equal(new URL(page.url()).pathname, '/dang-nhap')
  }
}
