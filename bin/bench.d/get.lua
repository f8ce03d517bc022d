-- Opens the addresses of a file, one after another.
package.path = debug.getinfo(1, "S").source:match("^@(.*/)") .. "?.lua;" .. package.path
require("tell")

local paths, at = {}, 0
local headers = { Cookie = os.getenv("COOKIE"), Host = os.getenv("HOST"), ["Accept-Encoding"] = os.getenv("ENCODING") }

function init()
  paths = lines_of_mine()
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end
