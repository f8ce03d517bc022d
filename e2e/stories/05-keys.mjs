// Hands that stay on the keyboard, and people chosen by tick.
import { unzipSync } from 'fflate'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { PHONE } from '../lib/office.mjs'
import { Workbook } from '../lib/workbook.mjs'

const OFFICER = 'yb.van-thu'

const download = async (page, act) => {
  const [file] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

const row = (page, place) => page.locator('table[data-rows] tbody tr').nth(place)
// Presses a key and waits until the person of that place has the focus.
const reach = async (page, key, place) => {
  await page.keyboard.press(key)
  await row(page, place).locator('th a:focus').waitFor()
}

export const stories = {
  'a list is walked and ticked by keys, and those who are ticked go out': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, '/ho-so')
    await reach(page, 'j', 0)
    await page.keyboard.press('x')
    await reach(page, 'j', 1)
    await reach(page, 'j', 2)
    await page.keyboard.press('x')
    await reach(page, 'k', 1)
    await page.locator('#thong-bao', { hasText: '2 người đã chọn' }).waitFor({ state: 'attached' })
    const names = await page.locator('tbody tr:has(.tick:checked) th').allInnerTexts()
    assert.equal(names.length, 2)
    await office.inspect(page, 'keys-ticked')
    await page.locator('#theo-lo summary').click()
    await page.getByLabel(/^Dùng vào việc gì/).fill('Rà soát hai người')
    await office.inspect(page, 'keys-batch')
    await page.getByRole('button', { name: 'Kết xuất người đã chọn' }).click()
    const { bytes } = await download(page, () => page.getByRole('link', { name: /^Tải / }).click())
    const texts = new Workbook(bytes).cells().map(cell => cell.text)
    for (const name of names) assert.ok(texts.includes(name), name)
    const written = texts.filter(text => /^\d\d\/\d\d\/\d{4}$/.test(text ?? ''))
    assert.ok(written.length <= 2, 'nobody else went out')
  },

  'Enter opens the person, g and a letter another page': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, '/ho-so')
    await reach(page, 'j', 0)
    const name = await row(page, 0).locator('th').innerText()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.waitForURL('**/don-vi')
    await page.getByRole('heading', { level: 1 }).waitFor()
  },

  'letters are only letters in a field, and can be turned off': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, '/ho-so')
    const field = page.getByRole('searchbox', { name: /^Họ tên/ })
    await field.click()
    await field.pressSequentially('gdx')
    assert.equal(await field.inputValue(), 'gdx')
    await office.go(page, '/huong-dan')
    await page.getByRole('button', { name: 'Tắt phím một chữ' }).click()
    await page.getByRole('button', { name: 'Bật phím một chữ' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    assert.equal(await page.locator('#tim-nhanh:focus').count(), 0)
    assert.equal(new URL(page.url()).pathname, '/huong-dan')
    await page.getByRole('button', { name: 'Bật phím một chữ' }).click()
    await page.getByRole('button', { name: 'Tắt phím một chữ' }).waitFor()
    await page.keyboard.press('/')
    await page.locator('#tim-nhanh:focus').waitFor()
  },

  'without script those who are ticked are printed into one package': async office => {
    const page = await office.sit(OFFICER, { script: false, size: PHONE })
    await office.go(page, '/ho-so')
    for (const place of [0, 1]) await row(page, place).getByRole('checkbox').check()
    await office.shoot('keys-phone', page)
    const { name, bytes } = await download(page, () => page.getByRole('button', { name: /^In lý lịch/ }).press('Enter'))
    assert.match(name, /\.zip$/)
    const files = Object.entries(unzipSync(new Uint8Array(bytes)))
    assert.equal(files.length, 2)
    for (const [file, pdf] of files) {
      assert.match(file, /^0\d-[a-z-]+\.pdf$/)
      assert.equal(Buffer.from(pdf.subarray(0, 4)).toString('latin1'), '%PDF')
    }
  }
}
