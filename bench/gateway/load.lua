-- Arguments: the method, a file with the body, a file with a token in each line, and the number of requests sent before.
-- The tokens are used in turn, from where the last run ended.

local requests, number = {}, 0

function init(args)
  wrk.method = args[1]
  local body = io.open(args[2]):read('*a')
  if #body > 0 then wrk.body = body end
  for token in io.lines(args[3]) do
    wrk.headers['authorization'] = 'Bearer ' .. token
    requests[#requests + 1] = wrk.format()
  end
  number = tonumber(args[4])
end

function request()
  number = number + 1
  return requests[(number - 1) % #requests + 1]
end
