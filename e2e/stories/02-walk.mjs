// Every role of every regulation walks its main navigation; every page is inspected, wide and on a phone.
import { PHONE, WIDE } from '../lib/office.mjs'

const ROLES = ['yb.quan-tri', 'yb.van-thu', 'yb.thu-truong', 'yb.ca-nhan', 'yb.cntt', 'ls.phuong', 'ls.phoi-hop', 'dt.chu-tich', 'dt.ca-nhan', 'dt.so-cong-thuong', 'vp.kiem-tra', 'vp.ca-nhan']

const walk = (login, size, name) => async office => {
  const page = await office.sit(login, { size })
  const links = await page.getByRole('navigation', { name: 'Chính' }).getByRole('link').evaluateAll(all => all.map(link => link.getAttribute('href')))
  const wrong = []
  for (const path of new Set([...links, '/mat-khau', '/phien', '/huong-dan'])) {
    const status = await office.go(page, path)
    if (status !== 200) wrong.push(`${path} answered ${status}`)
    await office.inspect(page, `${name}-${login}${path === '/' ? '-home' : path.replaceAll('/', '-')}`).catch(error => wrong.push(error.message))
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}

export const stories = Object.fromEntries(ROLES.flatMap(login => [
  [`${login} finds every page in order at 1440`, walk(login, WIDE, 'wide')],
  ...(['yb.van-thu', 'yb.quan-tri', 'vp.ca-nhan'].includes(login) ? [[`${login} finds every page in order at 390`, walk(login, PHONE, 'phone')]] : [])
]))
