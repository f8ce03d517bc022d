// A clerk who fills a dossier: goes where the page says something is missing and types what the field asks for.
import assert from 'node:assert/strict'

// What is typed where the kind of the field does not say it.
const KNOWN = {
  managing_authority: 'Ủy ban nhân dân tỉnh Yên Bái',
  social_insurance_number: '1512345678',
  health_insurance_number: 'HC4151512345678',
  job_before_recruitment: 'Sinh viên',
  recruiting_body: 'Ủy ban nhân dân huyện Yên Bình',
  main_work: 'Văn phòng, thống kê',
  highest_qualification_major: 'Quản lý nhà nước',
  general_education: '12/12',
  as_written: 'Yên Bình, Yên Bái',
  number: '060123456',
  issuing_authority: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
  institution: 'Học viện Hành chính Quốc gia',
  institution_name: 'Học viện Hành chính Quốc gia',
  coefficient: '2,34',
  grade: '1',
  unit_text: 'Ủy ban nhân dân xã Mường Sương',
  position_text: 'Công chức Văn phòng, thống kê',
  major: 'Quản lý nhà nước'
}

// A small scan, as a scanner writes it.
export const scan = words => {
  const body = `BT /F1 18 Tf 60 760 Td (${words}) Tj ET`
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${body.length} >>\nstream\n${body}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  ]
  let text = '%PDF-1.4\n'
  const places = parts.map((part, number) => {
    const place = text.length
    text += `${number + 1} 0 obj\n${part}\nendobj\n`
    return place
  })
  const table = text.length
  text += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n`
  text += places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  text += `trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return { name: 'ban-quet.pdf', mimeType: 'application/pdf', buffer: Buffer.from(text, 'latin1') }
}

// A picture with the shape of a 4 × 6 photo, drawn by the browser itself.
export const photo = async page => {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 240
    canvas.height = 360
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#d7dee2'
    pen.fillRect(0, 0, 240, 360)
    pen.fillStyle = '#48606e'
    pen.arc(120, 150, 70, 0, 7)
    pen.fill()
    pen.fillRect(30, 250, 180, 110)
    return canvas.toDataURL('image/png').split(',')[1]
  })
  return { name: 'anh-4x6.png', mimeType: 'image/png', buffer: Buffer.from(data, 'base64') }
}

export const percent = async page => Number((await page.locator('#day-du b').innerText()).match(/(\d+)\s*%/)[1])

// The places the dossier page says are missing: section, row address and column.
export const gaps = page => page.locator('#day-du li a').evaluateAll(links => links.map(link => {
  const at = new URL(link.href)
  const section = at.pathname.split('/').pop()
  return { href: at.pathname + at.search, section, column: at.hash.slice(section.length + 2) }
}))

const guess = async (control, column, words) => {
  const known = Object.entries(KNOWN).find(([name]) => column === name || column.endsWith(`_${name}`))
  if (known) return known[1]
  const hint = await control.evaluate(field => field.closest('.field').querySelector('.hint')?.textContent ?? '')
  if (hint.includes('dd/mm/yyyy')) return '01/09/2015'
  if (await control.getAttribute('inputmode') === 'decimal') return '1'
  return words
}

// Fills one control by its kind; a choice takes the first entry, a search the first that is offered.
export const fill = async (page, control, words = 'Không') => {
  const [tag, type, name, list] = await control.evaluate(field => [field.tagName, field.type, field.name, field.getAttribute('list')])
  if (tag === 'SELECT') {
    const value = await control.locator('option').evaluateAll(options => options.find(option => option.value !== '').value)
    await control.selectOption(value)
  } else if (type === 'checkbox') {
    await control.check()
  } else if (list) {
    await control.focus()
    const first = page.locator(`datalist[id="${list}"] option`).first()
    await first.waitFor({ state: 'attached' })
    await control.fill(await first.getAttribute('value'))
  } else {
    await control.fill(await guess(control, name, words))
  }
}

// Saves the form that is open; what is only unusual is confirmed once.
export const save = async page => {
  const form = page.locator('form[data-guard]').first()
  await form.getByRole('button', { name: /^(Lưu mục này|Ghi dòng này)$/ }).click()
  const confirm = page.getByLabel('Đã kiểm tra, ghi dù vậy')
  const wrong = page.locator('.note-late')
  await page.locator('section.panel:not(:has(form[data-guard])), .note-late, [name="xac_nhan"]').first().waitFor()
  if (await wrong.count() > 0) assert.fail(`not saved: ${await wrong.innerText()}`)
  if (await confirm.count() > 0) {
    await confirm.check()
    await page.locator('form[data-guard]').first().getByRole('button', { name: /^(Lưu mục này|Ghi dòng này)$/ }).click()
    await page.locator('section.panel:not(:has(form[data-guard]))').first().waitFor()
  }
}

// Follows the missing places of a dossier, section by section, until none is left.
export const complete = async (page, open) => {
  const tried = new Set()
  for (;;) {
    await open()
    const missing = await gaps(page)
    if (missing.length === 0) return
    const { href, section } = missing[0]
    const here = missing.filter(gap => gap.href === href)
    const mark = `${href} ${here.map(gap => gap.column).join(' ')}`
    assert.ok(!tried.has(mark), `still missing after it was filled: ${mark}`)
    tried.add(mark)
    await page.goto(new URL(href, page.url()).href)
    const files = []
    const needed = page.locator('form[data-guard] .field:has(.need) :is(input, select, textarea):not([type="hidden"])')
    const columns = await needed.evaluateAll(fields => fields.filter(field => field.value === '').map(field => field.name))
    for (const column of new Set([...columns, ...here.map(gap => gap.column).filter(column => column !== '')])) {
      const control = page.locator(`[id="${section}-${column}"]`)
      assert.equal(await control.count(), 1, `the link to what is missing leads to a field: ${section}-${column}`)
      if (await control.getAttribute('type') === 'file') files.push(control)
      else if (await control.inputValue() === '') await fill(page, control)
    }
    if (files.length === 0 || here.length > files.length) await save(page)
    else for (const control of files) await attach(page, control, await photo(page))
  }
}

// Sends a file by the form its field stands in.
export const attach = async (page, control, file) => {
  const form = control.locator('xpath=ancestor::form')
  await control.setInputFiles(file)
  // A scan without a signature is declared; a photo is not asked for it.
  const copy = form.getByLabel(/^Loại bản/)
  if (await copy.count() > 0) await copy.selectOption('doi_chieu')
  await form.getByRole('button', { name: 'Tải lên' }).click()
  // Pictures are drawn anew, so the ending of the name may change.
  const stem = file.name.replace(/\.[a-z]+$/, '.')
  await page.getByRole('link', { name: stem }).first().waitFor()
}
