// A server with the demo, on a free port and in a folder that is removed afterwards.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../../', import.meta.url).pathname
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const program = process.env.HOSO_BIN ?? join(target, 'debug', 'hoso')

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer()
  probe.on('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => resolve(port))
  })
})

export const start = async () => {
  const data = await mkdtemp(join(tmpdir(), 'hoso-e2e-'))
  const port = await freePort()
  const child = spawn(program, ['run', '--data', data, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', words => { said += words })
  child.stderr.on('data', words => { said += words })
  const address = `http://127.0.0.1:${port}`
  const until = Date.now() + 240_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`)
    const up = await fetch(`${address}/dang-nhap`).then(answer => answer.ok, () => false)
    if (up) break
    if (Date.now() > until) throw new Error(`the server does not answer: ${said}`)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  const ended = new Promise(resolve => child.on('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(late)
    await rm(data, { recursive: true, force: true })
  }
  return { address, said: () => said, stop }
}
