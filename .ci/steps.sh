# Runs steps, keeps their output, and adds up what passed and failed.

passed=0
failed=0
skipped=0
failures=""
mkdir -p "$work/log"

# Runs a command with its output in a log, so that no server it leaves behind holds our pipe, then prints it.
logged() {
  local start=$SECONDS status
  name="$1"
  [ "$1" = dotnet ] && name="$1_$2"
  log="$work/log/$name"
  echo
  echo "== $*"
  # Commands and functions alike; none may ask questions.
  "$@" >"$log" 2>&1 </dev/null
  status=$?
  cat "$log"
  echo "== $name: exit code $status after $((SECONDS - start)) s"
  return $status
}

# A step that passes or fails as a whole.
step() {
  if logged "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name"
    failures+="$name failed: $(tail -n 20 "$log")"$'\n'
  fi
}

# A step that is not judged.
shown() {
  logged "$@" || echo "$name is shown only: its exit code is not judged."
}

# A step whose output says how many checks passed and failed: counted FORMAT COMMAND...
counted() {
  local format=$1 status p=0 f=0 s=0
  shift
  logged "$@"
  status=$?
  read -r p f s < <("count_$format" "$log")
  p=${p:-0} f=${f:-0} s=${s:-0}
  # Broken without a failed check, or without any check: that is a failure too.
  if [ $status -ne 0 ] && [ "$f" -eq 0 ] || [ $((p + f)) -eq 0 ]; then f=$((f + 1)); fi
  passed=$((passed + p))
  failed=$((failed + f))
  skipped=$((skipped + s))
  [ "$f" -eq 0 ] && return
  echo "FAILED $name: $f"
  # Said again at the end, where nobody has to look for it: the names, and the first lines of why.
  failures+="$name: $f failed"$'\n'"$(grep -m 20 -A 8 -E '^ *failed [A-Za-z]|\[FAIL\]|^FAILED ' "$log")"$'\n'
}

# The summary of dotnet test has a line each: total, failed, succeeded, skipped.
count_dotnet_test() {
  awk '$1 == "succeeded:" { p += $2 } $1 == "failed:" { f += $2 } $1 == "skipped:" { s += $2 } END { print p + 0, f + 0, s + 0 }' "$1"
}

# xunit's own runner: Total: N, Errors: N, Failed: N, Skipped: N, Not Run: N, Time: N
count_runner() {
  sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+),.*/\1 \2 \3 \4 \5/p' "$1" |
    awk '{ f += $2 + $3; s += $4 + $5; p += $1 - $3 - $4 - $5 } END { print p + 0, f + 0, s + 0 }'
}

# Our programs end with: N passed, N failed
count_program() {
  awk '$2 == "passed," && $4 == "failed" && NF == 4 { p = $1; f = $3 } END { print p + 0, f + 0, 0 }' "$1"
}

# The accuracy laboratory ends with: N of N bars are held.
count_bars() {
  awk '$2 == "of" && $4 == "bars" { p = $1; f = $3 - $1 } END { print p + 0, f + 0, 0 }' "$1"
}

clean_up() {
  stop_quickstart
  stop_inference_service
  rm -rf "$work"
}

# The closing line and the exit code.
close() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
  [ -z "$failures" ] || printf '\n== What failed\n%s' "$failures"
  echo
  echo "$line"
  [ "$failed" -eq 0 ]
  exit
}
