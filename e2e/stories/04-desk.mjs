// What makes daily work safe and quick: two people at one row, unsaved text, the keyboard, a browser without script.
import assert from 'node:assert/strict'

const OFFICER = 'yb.van-thu'

const someone = async (office, page, name = '') => {
  await office.go(page, `/ho-so?q=${encodeURIComponent(name)}`)
  return page.locator('tbody a').first().getAttribute('href')
}

export const stories = {
  'two people at one section see both texts': async office => {
    const first = await office.sit(OFFICER)
    const path = `${await someone(office, first)}/muc/contact`
    const second = await office.sit(OFFICER)
    for (const page of [first, second]) await office.go(page, path)
    const type = async (page, email) => {
      await page.locator('#contact-personal_email').fill(email)
      await page.getByLabel('Lý do đính chính').fill('Đổi thư điện tử')
      await page.getByRole('button', { name: 'Lưu mục này' }).click()
    }
    await type(first, 'mot@example.vn')
    await first.locator('#muc-contact dd', { hasText: 'mot@example.vn' }).waitFor()
    await type(second, 'hai@example.vn')
    const row = second.getByRole('row', { name: /mot@example\.vn.*hai@example\.vn/ })
    await row.waitFor()
    await office.inspect(second, 'desk-conflict')
    await second.getByRole('button', { name: 'Ghi nội dung vừa gõ' }).click()
    await second.locator('#muc-contact dd', { hasText: 'hai@example.vn' }).waitFor()
  },

  'leaving unsaved text warns, leaving saved text does not': async office => {
    const page = await office.sit(OFFICER)
    const path = `${await someone(office, page)}/muc/health`
    await office.go(page, path)
    let asked = 0
    page.on('dialog', async dialog => {
      assert.equal(dialog.type(), 'beforeunload')
      asked += 1
      await dialog.accept()
    })
    await page.locator('#health-height_cm').pressSequentially('165')
    await page.getByRole('link', { name: 'Quy chế' }).click()
    await page.getByRole('heading', { level: 1, name: /Quy chế/ }).waitFor()
    assert.equal(asked, 1)
    await office.go(page, path)
    await page.getByRole('link', { name: 'Quy chế' }).click()
    await page.getByRole('heading', { level: 1, name: /Quy chế/ }).waitFor()
    assert.equal(asked, 1)
  },

  'a form is saved by Ctrl and Enter': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, `${await someone(office, page)}/muc/contact`)
    await page.locator('#contact-personal_email').fill('phim@example.vn')
    await page.getByLabel('Lý do đính chính').fill('Đổi thư điện tử')
    await page.keyboard.press('Control+Enter')
    await page.locator('#muc-contact dd', { hasText: 'phim@example.vn' }).waitFor()
  },

  'without script the list is filtered and turned': async office => {
    const page = await office.sit('yb.quan-tri', { script: false })
    await office.go(page, '/ho-so')
    const names = () => page.locator('tbody th').allInnerTexts()
    const before = await names()
    await page.getByRole('link', { name: 'Trang sau' }).press('Enter')
    await page.waitForURL(/[?&]sau=/)
    const after = await names()
    assert.ok(after.length > 0)
    assert.notDeepEqual(after, before)
    await page.getByRole('searchbox', { name: /^Họ tên/ }).fill('nguyen thi')
    await page.getByRole('button', { name: 'Lọc' }).press('Enter')
    await page.waitForURL(/[?&]q=nguyen/)
    const found = await names()
    assert.ok(found.length > 0)
    for (const name of found) assert.match(name, /Nguyễn.* Thị/)
  },

  'a person sees the own dossier and nobody else’s': async office => {
    const clerk = await office.sit('vp.kiem-tra')
    const others = await clerk.goto(`${office.server.address}/ho-so`).then(() => clerk.locator('tbody a').evaluateAll(links => links.map(link => link.getAttribute('href'))))
    assert.ok(others.length > 1)
    const page = await office.sit('vp.ca-nhan')
    await office.go(page, '/')
    await office.inspect(page, 'own-home')
    const own = page.locator('main a[href^="/ho-so/"]').first()
    const path = (await own.getAttribute('href')).match(/^\/ho-so\/\d+/)[0]
    assert.equal(await office.go(page, path), 200)
    await office.inspect(page, 'own-dossier')
    for (const other of others.filter(other => other !== path).slice(0, 3)) assert.equal(await office.go(page, other), 404)
    assert.equal(await office.go(page, '/nhap-excel'), 403)
  }
}
