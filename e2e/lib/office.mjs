// People at their browsers: signing in, looking, insisting; every page is listened to for errors.
import { chromium } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }
const shots = process.env.SHOTS ?? new URL('../shots/', import.meta.url).pathname
// Chromium asks nobody but the server under test.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export class Office {
  static async open (server) {
    await mkdir(shots, { recursive: true })
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet })
    return new Office(server, browser)
  }

  constructor (server, browser) {
    this.server = server
    this.browser = browser
    this.contexts = []
    this.page = null
  }

  // A browser of its own, signed in unless no login is given; `script: false` for somebody without JavaScript. Such stories
  // press Enter instead of clicking: before a click the driver watches the element stand still, and for that it needs script.
  async sit (login, { size = WIDE, script = true, colours = 'light' } = {}) {
    const context = await this.browser.newContext({ viewport: size, locale: 'vi-VN', colorScheme: colours, javaScriptEnabled: script, acceptDownloads: true })
    this.contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.faults = []
    page.on('console', line => { if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) page.faults.push(line.text()) })
    page.on('pageerror', error => page.faults.push(String(error)))
    page.on('response', answer => { if (answer.status() >= 500) page.faults.push(`${answer.status()} ${new URL(answer.url()).pathname}`) })
    this.page = page
    if (login) {
      await page.goto(`${this.server.address}/dang-nhap`)
      await page.getByLabel('Tên đăng nhập').fill(login)
      await page.getByLabel('Mật khẩu', { exact: true }).fill(this.password())
      await page.getByRole('button', { name: 'Đăng nhập' }).click()
      await page.waitForURL(address => !address.pathname.startsWith('/dang-nhap'))
    }
    return page
  }

  // The password of the demo, as the server said it at its start.
  password () {
    const said = this.server.said()
    const found = said.match(/[Mm]ật khẩu[^:\n]*:\s*(\S.*?)\s*$/m)
    assert.ok(found, `the server did not say the demo password:\n${said}`)
    return found[1]
  }

  async go (page, path) {
    const answer = await page.goto(`${this.server.address}${path}`)
    return answer.status()
  }

  // What every page must be: no script error, nothing axe finds, no sideways scrolling of the page, one main heading.
  async inspect (page, name) {
    await page.waitForLoadState('networkidle')
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    const told = found.violations.map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.html).join(' | ')}`)
    assert.deepEqual(told, [], `${name}: axe`)
    assert.equal(await page.locator('h1').count(), 1, `${name}: one h1`)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(sideways <= 1, `${name}: scrolls sideways by ${sideways} px`)
    await this.shoot(name, page)
    assert.deepEqual(page.faults, [], `${name}: errors`)
  }

  async shoot (name, page = this.page) {
    if (page) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  }

  async clear () {
    await Promise.all(this.contexts.map(context => context.close()))
    this.contexts = []
    this.page = null
  }

  async close () {
    await this.browser.close()
  }
}
