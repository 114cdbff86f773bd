# The inference service, driving itself: while it runs, its page and its metrics answer, and at the end it exits with 0.

inference_service_pid=

stop_inference_service() {
  [ -z "$inference_service_pid" ] || kill "$inference_service_pid" 2>/dev/null
}

inference_service_demo() {
  local output=$work/inference-service.txt url='' status
  : >"$output"
  dotnet run --no-build -c Release --project samples/InferenceService -- --demo --seconds 20 --urls http://127.0.0.1:0 >"$output" 2>&1 &
  inference_service_pid=$!
  # It has trained its models by the time it says where the page is; the first live line comes 5 s later.
  for _ in $(seq 900); do
    url=$(sed -nE 's#^The page: +(http://127\.0\.0\.1:[0-9]+)/greenai$#\1#p' "$output")
    [ -n "$url" ] && grep -qE '^00:[0-9]{2} ' "$output" && break
    kill -0 "$inference_service_pid" 2>/dev/null || break
    sleep 0.1
  done
  check_answers "$url" "$work/inference-service-metrics.txt"
  status=$?
  [ $status -eq 0 ] || stop_inference_service
  wait "$inference_service_pid" || status=1
  inference_service_pid=
  cat "$output"
  [ $status -eq 0 ] && check_demo "$output"
}

check_answers() {
  [ -n "$1" ] || { echo "The service did not say where its page is."; return 1; }
  curl -fsSL -m 20 "$1/greenai" >"$2.html" && grep -q '<html' "$2.html" || { echo "The page did not answer."; return 1; }
  curl -fsS -m 20 "$1/metrics" >"$2" || { echo "The metrics did not answer."; return 1; }
  grep -q '^greenai_budget_energy_spent_joules{.*greenai_budget="digits-wide-minute"' "$2" || { echo "The metrics do not have the budget."; return 1; }
  grep -q '^greenai_inferences_total{.*greenai_model="digits-mlp".*greenai_outcome="succeeded"' "$2" || { echo "The metrics do not have the inferences."; return 1; }
  promtool check metrics <"$2" || { echo "The metrics are not clean."; return 1; }
}

check_demo() {
  grep -qE '^│ digits-(lr|mlp|wide) +│ +[1-9]' "$1" || { echo "There is no table of models."; return 1; }
  grep -q '^Tier: .* Counter less all buckets: 0 µJ\.$' "$1" || { echo "The books do not balance."; return 1; }
  grep -qE '^digits-wide-minute: Allow ' "$1" || { echo "No verdicts were told."; return 1; }
}
