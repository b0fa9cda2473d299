-- wrk's script: ask for the addresses given after `--` in turn, and print what was measured as one line of JSON.
-- With a single address wrk sends the same bytes again and again, which costs it least.

local requests = {}
local at = 0

function init(paths)
   for index = 1, #paths do
      requests[index] = wrk.format("GET", paths[index])
   end
end

function request()
   at = at % #requests + 1
   return requests[at]
end

function done(summary, latency)
   local failed = summary.errors
   io.write(string.format(
      '{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "failed": %d}\n',
      summary.requests,
      summary.duration / 1e6,
      latency:percentile(50) / 1e3,
      latency:percentile(99) / 1e3,
      failed.connect + failed.read + failed.write + failed.status + failed.timeout
   ))
end
