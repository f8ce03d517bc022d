// Tired eyes: dark colours, and the page at 200 %, where a window of 1440 has room for 720.
import assert from 'node:assert/strict'

const PAGES = ['/', '/ho-so', '/thoi-han', '/thoi-han/don-vi', '/thoi-han/bang-diem', '/chuyen-ho-so', '/khai-bao', '/ra-soat', '/quyet-dinh', '/quyet-dinh/moi', '/tong-hop', '/tong-hop/chat-luong', '/bien-che', '/don-vi', '/tai-khoan', '/tai-khoan/moi', '/nhap-excel', '/sao-luu', '/quan-tri', '/quan-tri/quyen', '/quan-tri/truong-rieng', '/quy-che', '/sai-lech']
const LARGE = { width: 720, height: 450 }

const walk = (name, seat) => async office => {
  const page = await office.sit('yb.quan-tri', seat)
  const wrong = []
  await office.go(page, '/ho-so')
  const dossier = await page.locator('tbody th a').first().getAttribute('href')
  for (const path of [...PAGES, dossier, `${dossier}/muc/identity`, `${dossier}/lich-su`, `${dossier}/in`]) {
    assert.equal(await office.go(page, path), 200, path)
    const shown = path.replaceAll(/\d{6,}/g, 'x').replaceAll('/', '-')
    await office.inspect(page, `${name}${shown === '-' ? '-home' : shown}`).catch(error => wrong.push(error.message))
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}

export const stories = {
  'every page is readable in dark colours': walk('dark', { colours: 'dark' }),
  'every page is readable at 200 %': walk('large', { size: LARGE })
}
