-- wrk: every request is the next ballot of a file. The file may run out; then it begins anew, and
-- what is sent twice is answered with the receipt of the first time.
local bodies, place = {}, 0

function init(args)
  local path = args[2]
  for line in io.lines(args[1]) do
    bodies[#bodies + 1] = wrk.format(
      "POST", path, { ["Content-Type"] = "application/json", ["Host"] = wrk.host }, line)
  end
end

function request()
  place = place % #bodies + 1
  return bodies[place]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'FIGURES {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"errors":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
