-- wrk's side of the bench: each request is a message with an id of its own.
local threads = 0
function setup(thread)
  thread:set("name", threads)
  threads = threads + 1
end
local sent = 0
function request()
  sent = sent + 1
  local headers = { ["content-type"] = "application/json", ["x-request-id"] = "bench." .. name .. "." .. sent }
  return wrk.format("POST", "/messages", headers, '{"run":"bench","cell":"c/1.1","client":1,"message":' .. sent .. "}")
end
