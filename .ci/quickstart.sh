# The QuickStart over a tree that FakeTree drives: what the one says it metered is what the other says it gave.

quickstart_pid=

stop_quickstart() {
  [ -z "$quickstart_pid" ] || kill "$quickstart_pid" 2>/dev/null
}

fake_tree() {
  dotnet samples/FakeTree/bin/Release/net10.0/FakeTree.dll "$@"
}

quickstart() {
  GreenAI__SysfsRoot="$1" QuickStart__PhaseSeconds=3 QuickStart__BudgetSeconds=0 QuickStart__Report="$2" dotnet run --no-build -c Release --project samples/QuickStart
}

quickstart_end_to_end() {
  local tree=$work/tree report=$work/quickstart.txt driven=$work/driven.txt written=$work/quickstart-report.json status
  fake_tree create "$tree" --sockets 2 --dram || return 1
  : >"$report"
  quickstart "$tree" "$written" >"$report" 2>&1 &
  quickstart_pid=$!
  # Its first output comes when the meter has started. Training takes a second or more and the four phases 12 s: the drive
  # reaches into the phases of both models and is over before the last one is.
  for _ in $(seq 600); do
    grep -q 'What can be metered here' "$report" && break
    kill -0 "$quickstart_pid" 2>/dev/null || break
    sleep 0.1
  done
  fake_tree drive "$tree" --seconds 9 >"$driven" || return 1
  wait "$quickstart_pid"
  status=$?
  quickstart_pid=
  cat "$driven" "$report"
  [ $status -eq 0 ] || { echo "QuickStart exited with $status."; return 1; }
  check_report "$report" "$driven" && check_written "$report" "$written"
}

# The QuickStart reads its JSON back and exits with 1 where Carbon per Inference does not follow from it.
check_written() {
  [ -s "$2" ] && [ -s "${2%.json}.md" ] || { echo "The report was not written."; return 1; }
  grep -q '"urn:greenai-metering:efficiency-report:1"' "$2" || { echo "The report does not name its schema."; return 1; }
  grep -q ': they agree$' "$1" || { echo "Carbon per Inference was not recomputed from the report."; return 1; }
  grep -q 'EXAMPLE VALUES OF ITS OWN' "$1" || { echo "QuickStart did not say that it stated carbon values of its own."; return 1; }
  grep -qE '^ CPI .* < 1 g ' "$1" || { echo "There is no table of indicators."; return 1; }
}

check_report() {
  local metered given differences
  grep -q ' tier  *source of the numbers .*Measured' "$1" || { echo "QuickStart did not say Measured."; return 1; }
  [ "$(grep -cE '^ digits-(linear|mlp) .* Measured *$' "$1")" -eq 2 ] || { echo "The energy of a model is not Measured."; return 1; }
  differences=$(grep -- '- counter = ' "$1")
  [ "$(grep -c . <<<"$differences")" -eq 4 ] || { echo "There are not four lines of difference, one per zone."; return 1; }
  ! grep -v -- '- counter = 0 µJ$' <<<"$differences" || { echo "A difference is not 0 µJ."; return 1; }
  metered=$(sed -nE 's/^ *counter +what the device counted +([0-9, ]+)$/\1/p' "$1" | tr -d , | awk '{ for (i = 1; i <= NF; i++) sum += $i } END { printf "%d", sum }')
  given=$(sed -nE 's/^total of .*: gained ([0-9]+) uJ$/\1/p' "$2")
  echo "QuickStart metered $metered uJ; FakeTree gave $given uJ."
  [ -n "$given" ] && [ "$given" -gt 0 ] && [ "$metered" = "$given" ]
}

# The budget of a minute, on this machine as it is: the QuickStart exits with 1 where a verdict is missing or the audit log is not intact.
quickstart_budgets() {
  local folder=$work/budgets report=$work/budgets.txt status
  mkdir -p "$folder" || return 1
  QuickStart__PhaseSeconds=0.5 QuickStart__BudgetSeconds=6 QuickStart__Report="$folder/quickstart-report.json" \
    dotnet run --no-build -c Release --project samples/QuickStart >"$report" 2>&1
  status=$?
  cat "$report"
  [ $status -eq 0 ] || { echo "QuickStart exited with $status."; return 1; }
  check_budgets "$report" "$folder"
}

# What is reserved may deny a moment early: Deny, Degrade, Deny is in order too.
check_budgets() {
  local verdicts
  verdicts=$(sed -nE 's/^ [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9] +(Allow|Warn|Degrade|Delay|Deny) .*/\1/p' "$1" | paste -sd ' ')
  echo "Verdicts in the table: $verdicts"
  grep -qE '(^| )Allow Warn Degrade( Deny Degrade)* Deny Allow$' <<<"$verdicts" || { echo "The verdicts are not in order."; return 1; }
  grep -qE '^Audit log intact: [0-9,]+ records in ' "$1" || { echo "The audit log was not verified."; return 1; }
  grep -qE '^Decisions by digits-mlp-minute: [0-9,]+ Allow, [0-9,]+ Warn, [0-9,]+ Degrade, ([0-9,]+ Delay, )?[0-9,]+ Deny\.$' "$1" || { echo "The decisions were not counted."; return 1; }
  grep -qE '^  [1-9][0-9,]* ran on digits-linear instead, [1-9][0-9,]* were refused\.$' "$1" || { echo "No work went on with the smaller model."; return 1; }
  grep -q '^# Board report: quickstart' "$2/quickstart-board.md" || { echo "The board report was not written."; return 1; }
  python3 -c 'import json, sys; sys.exit(json.load(open(sys.argv[1]))["policy"]["version"] != "1.0.0")' "$2/quickstart-board.json" || { echo "The board report does not name the policy."; return 1; }
}
