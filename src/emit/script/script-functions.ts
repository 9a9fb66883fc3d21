/** The part of a script that is the same for every cluster; what it works on follows it, and last comes `finish`. */
export const SCRIPT_FUNCTIONS = `run=$(date +%s)-$$
work=$(mktemp -d) || exit 2
began=$(date +%s)
tests=0
pods=0
client=
tries=

# Every call to the cluster ends within ten seconds.
ask_cluster() {
  "$kubectl" --request-timeout=10s "$@" 2>"$work/error"
}

# shellcheck disable=SC2317
why() {
  head -n 1 "$work/error" | cut -c 1-160
}

# shellcheck disable=SC2317 # a trap calls it
clean_up() {
  trap '' HUP INT TERM
  [ ! -e "$work/owners" ] || while read -r place owner; do
    # The owner goes with what it owns, also where the pods could not be asked for.
    ask_cluster delete pod,configmap --namespace "$place" --selector "postern.dev/script=$run" \\
      --ignore-not-found --wait=false --now </dev/null >/dev/null ||
      echo "cannot delete the clients of $place ($owner): $(why)" >&2
  done <"$work/owners"
  rm -rf "$work"
}

# target NUMBER NAMESPACE SELECTOR: looks one ready pod up, but none of this script's own.
target() {
  : >"$work/target-$1"
  if [ "$(($(date +%s) - began))" -ge "$prepare_within" ]; then
    echo "out of time" >"$work/target-$1-why"
  elif ask_cluster get pods --namespace "$2" --selector "$3,!postern.dev/script" --output \\
    'jsonpath={range .items[*]}{.status.podIP}{" "}{.status.phase}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}' \\
    </dev/null >"$work/found"; then
    awk '$2 == "Running" && $3 == "True" && $1 ~ /^[0-9a-fA-F.:]+$/ { print $1; exit }' "$work/found" >"$work/target-$1"
    echo "no pod of it is ready" >"$work/target-$1-why"
  else
    echo "kubectl get pods: $(why)" >"$work/target-$1-why"
  fi
}

# client NAME NAMESPACE LABELS: what follows is tried from a pod with these labels.
client() {
  start_client
  client=$1
  client_namespace=$2
  client_labels=$3
}

# opens and closed TARGET NAME PORT PROTOCOL
opens() {
  add_test allowed "$@"
}

closed() {
  add_test denied "$@"
}

add_test() {
  tests=$((tests + 1))
  printf '%s\\n' "$1" >"$work/$tests-wants"
  # shellcheck disable=SC2059 # the format is the script's own
  printf "$row" "$client" "$3" "$4/$5" "$1" >"$work/$tests-row"
  address=
  read -r address <"$work/target-$2"
  printf '%s %s %s\\n' "$address" "$4" "$5" >"$work/$tests-where"
  if [ -z "$address" ]; then
    decide "$tests" skipped "$(cat "$work/target-$2-why")"
  else
    tries="$tries $tests,$1,$5,$address,$4"
  fi
}

decide() {
  printf '%s\\n' "$2" >"$work/$1-result"
  printf '%s\\n' "$3" >"$work/$1-note"
}

skip_all() {
  for try in $tries; do
    decide "\${try%%,*}" skipped "$1"
  done
  tries=
}

# The ConfigMap that owns the clients of a namespace. A pod has one controller, so nothing else takes them for its own.
owner_in() {
  [ ! -e "$work/owners" ] || awk -v place="$1" '$1 == place { print $2; exit }' "$work/owners" >"$work/owner"
  [ -s "$work/owner" ] || {
    printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"postern-script-%s","labels":{"postern.dev/script":"%s"}}}' \\
      "$run" "$run" | ask_cluster create --namespace "$1" --validate=false --filename - --output 'jsonpath={.metadata.uid}' >"$work/owner" ||
      return 1
    printf '%s %s\\n' "$1" "$(cat "$work/owner")" >>"$work/owners"
  }
  owner=$(cat "$work/owner")
  : >"$work/owner"
}

# Starts the client that was described last.
start_client() {
  [ -n "$tries" ] || return 0
  if [ "$(($(date +%s) - began))" -ge "$prepare_within" ]; then
    skip_all 'out of time'
    return 0
  fi
  owner_in "$client_namespace" || {
    skip_all "kubectl create configmap: $(why)"
    return 0
  }
  pods=$((pods + 1))
  pod=postern-script-$run-$pods
  labels=postern.dev/script=$run
  [ -z "$client_labels" ] || labels=$client_labels,$labels
  # shellcheck disable=SC2059 # the format is the script's own
  overrides=$(printf "$overrides_format" "postern-script-$run" "$owner" "$((start_within + program_seconds))" "$pod")
  # Tries are words of digits, letters, dots, colons and commas.
  # shellcheck disable=SC2086
  if ask_cluster run "$pod" --namespace "$client_namespace" --labels "$labels" --image "$image" --restart Never \\
    --annotations sidecar.istio.io/inject=false --annotations linkerd.io/inject=disabled \\
    --override-type strategic --overrides "$overrides" \\
    --command -- sh -c "$client_program" client "$timeout" $tries </dev/null >/dev/null; then
    printf '%s %s%s\\n' "$pod" "$client_namespace" "$tries" >>"$work/pods"
    tries=
  else
    skip_all "kubectl run: $(why)"
  fi
}

collect() {
  [ -e "$work/pods" ] || return 0
  last=$(($(date +%s) + start_within + program_seconds))
  while read -r pod place tries; do
    while :; do
      phase=$(ask_cluster get pod "$pod" --namespace "$place" --output 'jsonpath={.status.phase}' </dev/null)
      case $phase in
        Succeeded | Failed) break ;;
      esac
      [ "$(date +%s)" -lt "$last" ] || break
      sleep 1
    done
    : >"$work/log"
    [ "$phase" = Pending ] || ask_cluster logs "$pod" --namespace "$place" </dev/null >"$work/log"
    for try in $tries; do
      judge "\${try%%,*}" "$phase"
    done
  done <"$work/pods"
}

judge() {
  answer=$(awk -v number="$1" '$1 == number { print $2; exit }' "$work/log")
  case $(cat "$work/$1-wants").$answer in
    allowed.open)
      cat "$work/$1-where" >>"$work/heard"
      decide "$1" passed ''
      ;;
    allowed.refused) decide "$1" FAILED 'refused: nothing listens there, or the network refuses' ;;
    allowed.silent) decide "$1" FAILED "no answer in $timeout s" ;;
    denied.silent | denied.refused) decide "$1" passed '' ;;
    denied.open)
      cat "$work/$1-where" >>"$work/heard"
      decide "$1" FAILED 'it connects'
      ;;
    *)
      if [ "$2" = Pending ]; then
        decide "$1" skipped "its client did not start in $start_within s"
      else
        decide "$1" skipped "its client said nothing: \${2:-$(why)}"
      fi
      ;;
  esac
}

# That nobody comes in says little of a port where nobody is seen to come in.
doubt() {
  touch "$work/heard"
  number=0
  while [ "$number" -lt "$tests" ]; do
    number=$((number + 1))
    case $(cat "$work/$number-wants").$(cat "$work/$number-result") in
      denied.passed)
        grep -qxF "$(cat "$work/$number-where")" "$work/heard" ||
          decide "$number" passed 'unproven: no connection to this port was seen'
        ;;
    esac
  done
}

finish() {
  start_client
  collect
  doubt
  passed=0
  failed=0
  skipped=0
  # shellcheck disable=SC2059 # the format is the script's own
  printf "RESULT   $row  NOTE\\n" SOURCE DESTINATION PORT 'MUST BE'
  number=0
  while [ "$number" -lt "$tests" ]; do
    number=$((number + 1))
    result=$(cat "$work/$number-result")
    case $result in
      passed) passed=$((passed + 1)) ;;
      FAILED) failed=$((failed + 1)) ;;
      *) skipped=$((skipped + 1)) ;;
    esac
    printf '%-7s  %s  %s\\n' "$result" "$(cat "$work/$number-row")" "$(cat "$work/$number-note")"
  done
  echo
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] || exit 1
  [ "$skipped" = 0 ] || exit 3
  exit 0
}

command -v "$kubectl" >/dev/null || {
  echo "$kubectl must be installed" >&2
  exit 2
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
`;
