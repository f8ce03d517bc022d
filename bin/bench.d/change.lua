-- Writes a telephone number into one dossier after another, each time at the version it has, with a reason.
package.path = debug.getinfo(1, "S").source:match("^@(.*/)") .. "?.lua;" .. package.path
require("tell")

local dossiers, at, round = {}, 0, 0
local headers = {
  Cookie = os.getenv("COOKIE"),
  Host = os.getenv("HOST"),
  Origin = "http://" .. os.getenv("HOST"),
  ["Content-Type"] = "application/x-www-form-urlencoded",
  ["HX-Request"] = os.getenv("SWAPS"),
}

function init()
  for _, line in ipairs(lines_of_mine()) do
    local id, version = line:match("^(%d+) (%d+)")
    dossiers[#dossiers + 1] = { id = id, version = tonumber(version) }
  end
end

function request()
  at = at + 1
  if at > #dossiers then at, round = 1, round + 1 end
  local dossier = dossiers[at]
  local phone = string.format("09%08d", (at * 7919 + round * 104729 + dossier.version) % 100000000)
  local body = string.format("phien_ban=%d&mobile_phone=%s&ly_do=nhap+nham", dossier.version, phone)
  dossier.version = dossier.version + 1
  return wrk.format("POST", "/ho-so/" .. dossier.id .. "/muc/contact", headers, body)
end
