// From a messy spreadsheet to a printed and exported dossier: what a commune officer does, told in order; each story
// begins where the one before ended.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { attach, complete, gaps, percent, scan } from '../lib/clerk.mjs'
import { PHONE } from '../lib/office.mjs'
import { Workbook } from '../lib/workbook.mjs'

const OFFICER = 'yb.van-thu'
const LIST = new URL('../../examples/danh-sach-lon-xon.xlsx', import.meta.url).pathname
const SCHOOL = new URL('../../examples/danh-sach-truong-hoc.xlsx', import.meta.url).pathname
const run = promisify(execFile)
const told = {}

const download = async (page, act) => {
  const [file] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

const upload = async (office, page, file) => {
  await office.go(page, '/nhap-excel')
  await page.getByLabel('Tệp danh sách').setInputFiles(file)
  await page.getByRole('button', { name: 'Tải tệp lên' }).click()
  await page.getByRole('heading', { name: 'Ghép cột' }).waitFor()
}

const figure = async (page, name) => Number((await page.locator('.figures div').filter({ has: page.getByText(name, { exact: true }) }).locator('dd').innerText()).match(/^\d+/)[0])

// The text of a PDF, where the machine has a reader for it.
const words = async pdf => {
  const folder = await mkdtemp(join(tmpdir(), 'hoso-pdf-'))
  try {
    await writeFile(join(folder, 'a.pdf'), pdf)
    const { stdout } = await run('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { maxBuffer: 1 << 24 })
    return stdout
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const dossierOf = async (office, page, name) => {
  await office.go(page, `/ho-so?q=${encodeURIComponent(name)}`)
  await page.locator('tbody').getByRole('link', { name }).first().click()
  await page.locator('#day-du').waitFor()
  return new URL(page.url()).pathname
}

export const stories = {
  'the mapping screen shows exactly the bad rows of a messy list': async office => {
    const page = await office.sit(OFFICER)
    await upload(office, page, LIST)
    const encoding = page.getByLabel('Bảng mã chữ')
    assert.match(await encoding.locator('option:checked').innerText(), /Unicode/)
    assert.equal(await figure(page, 'Lỗi, chưa nhập'), 2)
    await office.inspect(page, 'job-1-preview')

    // A column is taken out of the mapping and put back: the rows are judged anew each time.
    const number = page.getByLabel('Cột E vào trường')
    const meant = await number.inputValue()
    await number.selectOption({ label: '(bỏ qua)' })
    await page.locator('.figures dd.text-late', { hasText: /^1$/ }).waitFor()
    await page.getByLabel('Cột E vào trường').selectOption(meant)
    await page.locator('.figures dd.text-late', { hasText: /^2$/ }).waitFor()

    await page.getByRole('link', { name: /^Lỗi 2$/ }).click()
    const bad = page.locator('tbody tr:has(.is-late)')
    await bad.nth(1).waitFor()
    assert.deepEqual(await bad.getByRole('rowheader').allInnerTexts(), ['Vũ Mạnh Cường', 'Cao Thị Hiếu'])
    await bad.nth(0).getByText('Tháng 6 chỉ có 30 ngày. Nhập 30/06/1990?').waitFor()
    await bad.nth(1).getByText('có 11 chữ số, cần 12').waitFor()
    told.draft = new URL(page.url()).pathname
  },

  'the good rows are written at once and the bad ones come back as a file': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, told.draft)
    await page.getByRole('button', { name: 'Ghi 28 dòng đúng' }).click()
    await page.getByRole('heading', { name: 'Đã ghi 28 dòng' }).waitFor()
    await office.inspect(page, 'job-2-written')
    const { name, bytes } = await download(page, () => page.getByRole('link', { name: /Tải các dòng còn lại để sửa/ }).click())
    assert.match(name, /\.xlsx$/)
    told.returned = bytes
  },

  'two rows are put right in the returned file and loaded again': async office => {
    const book = new Workbook(told.returned)
    const reasons = [2, 3].map(row => Object.values(book.row(row)).at(-1))
    assert.match(reasons[0], /Tháng 6 chỉ có 30 ngày/)
    assert.match(reasons[1], /11 chữ số/)
    book.mend('31/6/1990', '30/6/1990')
    book.mend('01518699059', '015186990591')

    const page = await office.sit(OFFICER)
    await upload(office, page, { name: 'can-sua.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: book.bytes() })
    assert.equal(await figure(page, 'Lỗi, chưa nhập'), 0)
    assert.equal(await figure(page, 'Lập mới'), 2)
    await page.getByRole('button', { name: 'Ghi 2 dòng đúng' }).click()
    await page.getByRole('heading', { name: 'Đã ghi 2 dòng' }).waitFor()
    for (const name of ['Vũ Mạnh Cường', 'Cao Thị Hiếu']) await dossierOf(office, page, name)
  },

  'a person is found by “nguyen thi d” typed after a slash': async office => {
    const page = await office.sit(OFFICER)
    await page.keyboard.press('/')
    await page.locator('#tim-nhanh:focus').waitFor()
    await page.keyboard.type('nguyen thi d')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /Nguyễn Thị Dung/ }).waitFor()
    await office.inspect(page, 'job-4-found')
    await page.getByRole('link', { name: 'Nguyễn Thị Dung' }).click()
    await page.getByRole('heading', { level: 1, name: 'Nguyễn Thị Dung' }).waitFor()
    told.dossier = new URL(page.url()).pathname
    assert.ok(await percent(page) < 100)
    await office.inspect(page, 'job-4-dossier')
  },

  'the dossier is completed by following what it says is missing': async office => {
    const page = await office.sit(OFFICER)
    await complete(page, () => office.go(page, told.dossier))
    assert.equal(await percent(page), 100)
    assert.deepEqual(await gaps(page), [])
    await page.getByRole('img', { name: 'Ảnh 4 × 6 của Nguyễn Thị Dung' }).waitFor()
    await office.inspect(page, 'job-5-complete')
  },

  'a scan is bound to the row it proves': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, told.dossier)
    await page.locator('#muc-degree_history').getByRole('link', { name: 'Sửa dòng này' }).first().click()
    const field = page.locator('#muc-degree_history').getByLabel('Bản quét văn bằng')
    await field.waitFor()
    await office.inspect(page, 'job-6-row')
    await attach(page, field, scan('Bang tot nghiep'))
    const link = page.locator('#muc-degree_history').getByRole('link', { name: 'ban-quet.pdf' })
    const kept = await page.request.get(new URL(await link.getAttribute('href'), page.url()).href)
    assert.equal(kept.headers()['content-type'], 'application/pdf')
    assert.equal((await kept.body()).subarray(0, 5).toString('latin1'), '%PDF-')
  },

  'the form of TT 06/2023 is printed with the name in capitals': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, told.dossier)
    await page.locator('summary', { hasText: /^In$/ }).click()
    const direct = await page.getByRole('link', { name: 'Sơ yếu lý lịch, mẫu TT 06/2023' }).getAttribute('href')
    assert.equal(direct, `${told.dossier}/in/TT06-2023`)
    await page.getByRole('link', { name: /^Mẫu khác/ }).click()
    await page.getByRole('heading', { name: 'In hồ sơ Nguyễn Thị Dung' }).waitFor()
    await office.inspect(page, 'job-7-print')
    const href = await page.locator('tr', { hasText: '06/2023/TT-BNV' }).getByRole('link', { name: /^PDF/ }).first().getAttribute('href')
    const printed = await page.request.get(new URL(href, page.url()).href)
    assert.equal(printed.status(), 200)
    assert.match(printed.headers()['content-type'], /^application\/pdf/)
    const pdf = await printed.body()
    assert.equal(pdf.subarray(0, 4).toString('latin1'), '%PDF')
    const text = await words(pdf)
    if (text !== null) {
      assert.match(text.normalize('NFC'), /NGUYỄN THỊ DUNG/)
      assert.match(text.normalize('NFC'), /015188990185/)
    }
  },

  'the list is exported with its purpose': async office => {
    const page = await office.sit(OFFICER)
    await office.go(page, '/ho-so?q=nguyen')
    await page.locator('summary', { hasText: /^Kết xuất$/ }).click()
    await page.getByLabel(/Mục đích kết xuất/).fill('Rà soát danh sách quý IV')
    await office.inspect(page, 'job-8-purpose')
    await page.getByRole('button', { name: 'Kết xuất danh sách' }).click()
    const { name, bytes } = await download(page, () => page.getByRole('link', { name: /^Tải / }).click())
    assert.match(name, /\.xlsx$/)
    assert.equal(bytes.subarray(0, 2).toString('latin1'), 'PK')
    const texts = new Workbook(bytes).cells().map(cell => cell.text)
    assert.ok(texts.includes('Nguyễn Thị Dung'), 'the person is in the exported list')
    assert.ok(texts.some(text => text?.includes('Rà soát danh sách quý IV')), 'the purpose stands in the file')
    await office.inspect(page, 'job-8-exported')
  },

  'list, dossier, import and a section form are in order on a phone': async office => {
    const page = await office.sit(OFFICER, { size: PHONE })
    const wrong = []
    for (const [name, path] of [
      ['list', '/ho-so'], ['dossier', told.dossier], ['written', told.draft], ['import', '/nhap-excel'], ['print', `${told.dossier}/in`],
      ['facts', `${told.dossier}/muc/identity`], ['addresses', `${told.dossier}/muc/origin_and_residence`],
      ['row', `${told.dossier}/muc/degree_history?dong=moi`], ['history', `${told.dossier}/lich-su`]
    ]) {
      assert.equal(await office.go(page, path), 200)
      await office.inspect(page, `phone-job-${name}`).catch(error => wrong.push(error.message))
    }
    await upload(office, page, SCHOOL)
    await office.inspect(page, 'phone-job-draft').catch(error => wrong.push(error.message))
    await page.getByRole('button', { name: 'Bỏ, không ghi' }).click()
    await page.getByRole('heading', { name: 'Chọn tệp' }).waitFor()
    assert.deepEqual(wrong, [])
  }
}
