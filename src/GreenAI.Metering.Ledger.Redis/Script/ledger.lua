-- One request to one period of one account, booked and answered atomically. Time is the server's; amounts are exact to the last unit of an int64.
--
-- KEYS: 1 account, 2 totals, 3 leases, 4 live leases by deadline, 5 leases that are over by when something is due;
-- 6 to 9 the same of the period before, from its totals on.
-- ARGV: 1 'x' exchange or 'r' read; 2 kind: 'c' calendar, 'r' rolling, 'l' lifetime; 3 '1' when the period is the current one; 4, 5 start and end of the
--       current period; 6 how long keys are kept after the end; 7 length and 8 width of a part of a rolling window; 9 limit; 10 most that is carried over;
--       11 skew; 12 the time in a test, else empty; 13 how long what a silent holder has not given back stays charged; 14 by which limit carrying over is
--       reckoned, empty for the one that was told; 15 which periods the window has; and of an exchange: 16 holder, 17 lease, 18 granted, 19 spent,
--       20 returned, 21 known settled, 22 known charged, 23 need, 24 time to live, 25 '1' when final. Times in milliseconds.

local call = redis.call
local floor = math.floor

-- Amounts. A Lua number is a double, exact to 2^53 only: an amount is a pair of numbers, thousand millions and the rest.
local BASE = 1e9
local ZERO = {0, 0}
local MOST = {9223372036, 854775807}
local function parse(s)
  local n = #s
  if n <= 9 then return {0, tonumber(s)} end
  return {tonumber(string.sub(s, 1, n - 9)), tonumber(string.sub(s, n - 8))}
end
local function text(a)
  if a[1] == 0 then return string.format('%d', a[2]) end
  return string.format('%d%09d', a[1], a[2])
end
local function less(a, b) return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2]) end
local function max(a, b) if less(a, b) then return b end return a end
local function min(a, b) if less(b, a) then return b end return a end
local function sub(a, b)
  local h, l = a[1] - b[1], a[2] - b[2]
  if l < 0 then return {h - 1, l + BASE} end
  return {h, l}
end
local function add(a, b)
  local h, l = a[1] + b[1], a[2] + b[2]
  if l >= BASE then h, l = h + 1, l - BASE end
  return min({h, l}, MOST)
end
local function over(a, b) if less(b, a) then return sub(a, b) end return ZERO end
local function any(a) return a[1] > 0 or a[2] > 0 end
local function divide(a, by)
  local h = floor(a[1] / by)
  return {h, floor(((a[1] - h * by) * BASE + a[2]) / by)}
end

-- Time.
local clock = call('TIME')
local real = clock[1] * 1000 + floor(clock[2] / 1000)
local now = tonumber(ARGV[12]) or real
local micros = ARGV[12] == '' and clock[1] * 1000000 + clock[2] or now * 1000
local kind, current = ARGV[2], ARGV[3] == '1'
local first, last = tonumber(ARGV[4]), tonumber(ARGV[5])
local function ms(n) return string.format('%.0f', n) end
if kind == 'c' and (now < first or now >= last) then return {'SKEW', ms(now)} end

local limitless = ARGV[9] == '9223372036854775807'
local skew = tonumber(ARGV[11])
local length, width = tonumber(ARGV[7]), tonumber(ARGV[8])
local grace = tonumber(ARGV[13])
local DAY = 86400000

-- The totals of a period: settled, outstanding, forfeited, overrun, carried; lost: charged to leases that a restart made the server forget, settled or
-- forfeited, or forfeited for so long that it was freed; told: the most that holders knew to be settled and charged, while the server learns.
local AMOUNTS = {'settled', 'outstanding', 'forfeited', 'overrun', 'carried', 'lostSettled', 'lostForfeited', 'lostFreed', 'toldSettled', 'toldCharged'}
local function totals(key)
  local fields, t = call('HGETALL', key), {}
  for i = 1, #fields, 2 do t[fields[i]] = fields[i + 1] end
  for _, name in ipairs(AMOUNTS) do
    t[name] = t[name] and parse(t[name]) or ZERO
  end
  t.isNew = #fields == 0
  return t
end
local function settled(t) return max(add(t.settled, t.lostSettled), t.toldSettled) end
local function charged(t)
  return max(add(add(settled(t), t.outstanding), add(t.forfeited, t.lostForfeited)), t.toldCharged)
end

-- Has the server lost its memory? Another run of it, or a replica in its place, has another run_id; an account that nobody knows on a server that has only
-- just started may have been forgotten.
local info = redis.pcall('INFO', 'server')
if type(info) ~= 'string' then return {'NOINFO', info.err or 'INFO was refused'} end
local run = string.match(info, 'run_id:(%w+)')
if not run then return {'NOINFO', 'INFO tells no run_id'} end
local account = call('HMGET', KEYS[1], 'run', 'learning', 'ttl', 'end', 'window')
local learning = tonumber(account[2] or '0')
local ttl = math.max(tonumber(account[3] or '0'), tonumber(ARGV[24] or '0'))
local function learn() learning = now + ttl + skew end
if ARGV[1] == 'r' and not account[1] then return {'NONE', ms(now)} end
if account[1] and account[1] ~= run then
  learn()
elseif not account[1] then
  local started = real - (tonumber(string.match(info, 'uptime_in_seconds:(%d+)') or '0') - 1) * 1000
  if first < started then learning = math.max(learning, started + ttl + skew) end
end

local function open(key)
  return {totals = KEYS[key], leases = KEYS[key + 1], live = KEYS[key + 2], old = KEYS[key + 3], t = totals(KEYS[key])}
end
local this = open(2)
local t = this.t
if ARGV[1] == 'r' and t.isNew then return {'NONE', ms(now)} end
if current or not t.limit then t.limit = ARGV[9] end

-- A rolling window forgets by parts of its length.
local gone, rolls = {}, kind == 'r' and current
-- What has left the window is charged no longer.
if rolls then grace = math.min(grace, length) end
if rolls then
  local oldest = floor((now - length) / width)
  for name in pairs(t) do
    local part = string.match(name, '^[so](%d+)$')
    if part and tonumber(part) < oldest then gone[#gone + 1] = name end
  end
  for _, name in ipairs(gone) do
    local total = string.sub(name, 1, 1) == 's' and 'settled' or 'overrun'
    t[total] = over(t[total], parse(t[name]))
    t[name] = nil
  end
end
local changedParts = {}
local function book(total, letter, amount)
  if not any(amount) then return end
  t[total] = add(t[total], amount)
  if not rolls then return end
  local part = letter .. ms(floor(now / width))
  t[part] = text(add(t[part] and parse(t[part]) or ZERO, amount))
  changedParts[part] = true
end

-- Leases: state (L live, E expired and charged, F expired and freed, C closed), granted, spent, returned, deadline, and whether the holder has named it.
local function lease(period, name)
  local s = call('HGET', period.leases, name)
  if not s then return nil end
  local state, g, p, r, d, n = string.match(s, '^(%a):(%d+):(%d+):(%d+):(%d+):(%d)$')
  return {name = name, state = state, granted = parse(g), spent = parse(p), returned = parse(r), deadline = tonumber(d), named = n}
end
local function store(period, l)
  call('HSET', period.leases, l.name, table.concat({l.state, text(l.granted), text(l.spent), text(l.returned), ms(l.deadline), l.named}, ':'))
  if l.state == 'L' then call('ZADD', period.live, ms(l.deadline), l.name) else call('ZREM', period.live, l.name) end
  if l.state == 'E' then call('ZADD', period.old, ms(l.deadline + grace), l.name) end
  if l.state == 'C' or l.state == 'F' then call('ZADD', period.old, ms(now + DAY), l.name) end
end
local function rest(l) return over(l.granted, add(l.spent, l.returned)) end
local function excess(l) return over(add(l.spent, l.returned), l.granted) end
local function move(of, state, from, to)
  local total = state == 'L' and 'outstanding' or state == 'E' and 'forfeited' or nil
  if total then of[total] = over(add(of[total], to), from) end
end

-- What time alone changes; answers whether it did.
local function pass(period)
  local of, changed = period.t, false
  -- Whoever fell silent may have spent what is left of the lease: it stays charged until its holder reports, or the grace is over.
  for _, name in ipairs(call('ZRANGEBYSCORE', period.live, '-inf', ms(now - skew), 'LIMIT', 0, 500)) do
    local l = lease(period, name)
    changed = true
    if l and l.state == 'L' then
      local left = rest(l)
      move(of, 'L', left, ZERO)
      l.state = 'E'
      move(of, 'E', ZERO, left)
      store(period, l)
    else
      call('ZREM', period.live, name)
    end
  end
  for _, name in ipairs(call('ZRANGEBYSCORE', period.old, '-inf', '(' .. ms(now), 'LIMIT', 0, 500)) do
    local l = lease(period, name)
    changed = true
    call('ZREM', period.old, name)
    if l and l.state == 'E' then
      local left = rest(l)
      move(of, 'E', left, ZERO)
      l.returned = add(l.returned, left)
      l.state = 'F'
      store(period, l)
    elseif l and (l.state == 'C' or l.state == 'F') then
      local number, holder = string.match(name, '^l:(%d+):(.*)$')
      if call('HGET', period.leases, 'h:' .. holder) == number then call('HDEL', period.leases, 'h:' .. holder) end
      call('HDEL', period.leases, name)
      if tonumber(number) > tonumber(of.forgotten or '0') then of.forgotten = number end
    end
  end
  -- So does what was charged to leases that a restart made the server forget, and that nobody has claimed.
  if any(of.lostForfeited) and now > tonumber(of.lostAt) + grace then
    of.lostFreed = add(of.lostFreed, of.lostForfeited)
    of.lostForfeited = ZERO
    changed = true
  end
  return changed
end
local function save(period, keep, write)
  for _, name in ipairs(AMOUNTS) do
    write[#write + 1] = name
    write[#write + 1] = text(period.t[name])
  end
  for _, name in ipairs({'limit', 'number', 'lostAt', 'forgotten', 'carries', 'start', 'end'}) do
    if period.t[name] then
      write[#write + 1] = name
      write[#write + 1] = period.t[name]
    end
  end
  call('HSET', period.totals, unpack(write))
  if not keep then return end
  for _, key in ipairs({'totals', 'leases', 'live', 'old'}) do call('PEXPIREAT', period[key], ms(keep)) end
end

local dirty = pass(this)
if #gone > 0 then dirty = true end

-- What the period before left. What its leases hold counts as spent until they give it back, or the grace is over: while they do, it is reckoned again.
if current and kind == 'c' and ARGV[10] ~= '0' and (t.isNew or t.carries) then
  local before = open(6)
  local of = before.t
  if not of.isNew then
    if pass(before) then save(before, of['end'] and tonumber(of['end']) + tonumber(ARGV[6]), {}) end
    -- Without a limit of the budget's own it is the limit that the period before had.
    local base = ARGV[14] ~= '' and ARGV[14] or of.limit or ARGV[9]
    t.carried = max(t.carried, min(over(add(parse(base), of.carried), charged(of)), parse(ARGV[10])))
    local isOut = less(settled(of), charged(of))
    if t.carries and not isOut then call('HDEL', KEYS[2], 'carries') end
    t.carries = isOut and '1' or nil
    dirty = true
  elseif t.isNew and account[4] and tonumber(account[4]) < first and account[5] == ARGV[15] then
    -- In the period before nobody asked for anything: all of it is left. Of another window nothing is.
    t.carried = parse(ARGV[10])
  end
end
local limit = add(parse(t.limit), t.carried)

-- The report, and what is wanted.
local status, number, target, l, told = 'C', ARGV[17] or '0', ZERO, nil, nil
local holder, final = ARGV[16], ARGV[25] == '1'
if ARGV[1] == 'x' then
  told = {granted = parse(ARGV[18]), spent = parse(ARGV[19]), returned = parse(ARGV[20])}
  if number == '0' then
    -- A holder that knows of no lease: its first word, or the answer to that was lost, perhaps until the lease was over. What was told with it is told again.
    number = call('HGET', KEYS[3], 'h:' .. holder) or '0'
    l = number ~= '0' and lease(this, 'l:' .. number .. ':' .. holder)
    if l and l.state ~= 'L' then
      if l.named == '1' or (l.state ~= 'E' and not any(told.spent)) or (l.state == 'C' and not final) then
        l = nil
      elseif l.state ~= 'C' then
        local left = rest(l)
        move(t, l.state, left, ZERO)
        if l.state == 'F' then l.granted, l.returned = over(l.granted, l.returned), ZERO end
        l.state = 'L'
        move(t, 'L', ZERO, rest(l))
      end
    end
    if not l then
      number = ms(math.max(micros, tonumber(t.number or '0') + 1))
      t.number = number
      call('HSET', KEYS[3], 'h:' .. holder, number)
      l = {name = 'l:' .. number .. ':' .. holder, state = 'L', granted = ZERO, spent = ZERO, returned = ZERO, deadline = 0, named = '0'}
    end
  else
    l = lease(this, 'l:' .. number .. ':' .. holder)
    if l then
      l.named = '1'
    elseif tonumber(number) > tonumber(t.forgotten or '0') then
      -- The memory of it was lost. What was charged for it is known again; where not even that was known, others may have been forgotten too.
      l = {name = 'l:' .. number .. ':' .. holder, state = 'L', granted = told.granted, spent = ZERO, returned = ZERO, deadline = 0, named = '1'}
      move(t, l.state, ZERO, rest(l))
      local known = max(told.spent, over(told.granted, told.returned))
      if current and now >= learning and less(add(t.lostSettled, t.lostForfeited), known) then learn() end
      local from = min(known, t.lostForfeited)
      t.lostForfeited = sub(t.lostForfeited, from)
      known = sub(known, from)
      from = min(known, t.lostFreed)
      t.lostFreed = sub(t.lostFreed, from)
      t.lostSettled = over(t.lostSettled, sub(known, from))
      if current then call('HSET', KEYS[3], 'h:' .. holder, number) end
    end
  end
end

-- Numbers grow with time: one that is not known and not above all that were forgotten on purpose was over and booked a day ago.
if l then
  local before = rest(l)
  local isOpen = l.state == 'L' or l.state == 'E'
  if isOpen and less(l.granted, told.granted) then
    if current and now >= learning then learn() end
    l.granted = told.granted
  end
  local excessBefore = excess(l)
  local more = over(told.spent, l.spent)
  l.spent = add(l.spent, more)
  if isOpen then l.returned = max(l.returned, told.returned) end
  if final then l.returned = max(l.returned, over(l.granted, l.spent)) end
  move(t, l.state, before, rest(l))
  book('settled', 's', more)
  -- Without a limit nothing is granted, so that nothing can exceed it.
  if not limitless then book('overrun', 'o', over(excess(l), excessBefore)) end
  -- One that expired, or whose period has ended, stays charged with what its holder has not given back: inferences that were reserved from it may run still.
  if final or (l.state == 'E' and not any(rest(l))) then l.state = 'C' end

  if current and now < learning then
    t.toldSettled = max(t.toldSettled, parse(ARGV[21]))
    t.toldCharged = max(t.toldCharged, parse(ARGV[22]))
  end
  if l.state == 'L' then
    l.deadline = now + tonumber(ARGV[24])
    call('ZADD', KEYS[4], ms(l.deadline), l.name)
  end
  if now >= learning and (any(t.toldSettled) or any(t.toldCharged)) then
    -- Learnt: what nobody has claimed stays charged until its holder reports after all, or the grace is over.
    local all, sure = charged(t), settled(t)
    if rolls then
      book('settled', 's', over(all, add(add(t.settled, t.outstanding), t.forfeited)))
    else
      t.lostSettled = over(sure, t.settled)
      t.lostForfeited = over(all, add(add(sure, t.outstanding), t.forfeited))
      t.lostAt = ms(now)
    end
    t.toldSettled, t.toldCharged = ZERO, ZERO
  end

  if l.state == 'L' and current then
    local need = parse(ARGV[23])
    local holders = math.max(1, call('ZCARD', KEYS[4]))
    local have = rest(l)
    local left = over(limit, charged(t))
    local free = add(left, have)
    local share = min(divide(free, 4 * holders), max({0, 1}, divide(limit, 100)))
    if not limitless then target = min(max(share, need), free) end
    if now < learning then
      status = 'L'
    else
      if any(need) and less(have, target) and not limitless then
        l.granted = add(add(l.granted, excess(l)), sub(target, have))
        move(t, 'L', have, rest(l))
      end
      status = not limitless and less(rest(l), need) and 'X' or 'G'
    end
  end
  store(this, l)
  -- What holders know to be charged beyond the limit was an overrun when it was booked.
  if now < learning then book('overrun', 'o', over(over(charged(t), limit), t.overrun)) end
  dirty = true
end

if dirty then
  local write = {}
  if current and kind == 'c' then t.start, t['end'] = ARGV[4], ARGV[5] end
  for part in pairs(changedParts) do
    write[#write + 1] = part
    write[#write + 1] = t[part]
  end
  local keep = kind ~= 'l' and (kind == 'c' and tonumber(t['end'] or ARGV[5]) or now + length) + tonumber(ARGV[6])
  if not current and t.isNew then keep = now + tonumber(ARGV[6]) end
  save(this, keep, write)
  if #gone > 0 then call('HDEL', KEYS[2], unpack(gone)) end
  -- A report of an ended period says nothing of an account that nobody knows.
  if current or account[1] then call('HSET', KEYS[1], 'run', run, 'learning', ms(learning), 'ttl', ms(ttl)) end
  if current then call('HSET', KEYS[1], 'end', ARGV[5], 'window', ARGV[15]) end
  if current and keep then call('PEXPIREAT', KEYS[1], ms(keep)) end
end

local sure = settled(t)
return {
  'OK', ms(now), status, number, l and text(l.granted) or ARGV[18] or '0', text(target), text(limit), text(t.carried),
  text(sure), text(t.outstanding), text(over(charged(t), add(sure, t.outstanding))), text(t.overrun),
  call('ZCARD', KEYS[4]), t.start or '', t['end'] or ''}
