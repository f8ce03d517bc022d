-- What bin/bench reads of a run: p50 and p99 in milliseconds, requests a second, requests, errors.
function done(summary, latency)
  local errors = summary.errors
  local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  local rate = summary.requests / summary.duration * 1000000
  print(string.format("= %.2f %.2f %.0f %d %d", latency:percentile(50) / 1000, latency:percentile(99) / 1000, rate, summary.requests, bad))
end

-- Threads are numbered, so that each walks lines of its own.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function lines_of_mine()
  local mine, place = {}, 0
  for line in io.lines(os.getenv("LINES_OF")) do
    if place % 2 == number then mine[#mine + 1] = line end
    place = place + 1
  end
  if #mine == 0 then
    for line in io.lines(os.getenv("LINES_OF")) do mine[#mine + 1] = line end
  end
  return mine
end
