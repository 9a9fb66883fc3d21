/**
 * What runs in a client's pod, under the `sh` of busybox: tries every connection at once, each up to three times until it
 * is as it must be (a network plugin may need a moment to know a new pod), and prints a line for each. Its words: the
 * seconds for one try, then `number,wants,protocol,address,port`. It must have no single quote. A busybox may be built with
 * the small `nc`, which has no `-z`, but runs a program when it is connected.
 */
export const CLIENT_PROGRAM = `seconds=$1
shift
case $(nc -z 2>&1) in
  *"invalid option"*) connect() { nc -w "$seconds" "$1" "$2" -e true; } ;;
  *) connect() { nc -v -z -w "$seconds" "$1" "$2"; } ;;
esac
ask() {
  if [ "$1" = udp ]; then
    said=$(timeout "$seconds" nslookup -type=a kubernetes.default "$2" 2>&1)
    case $said in
      "" | *"timed out"* | *"no servers"* | *refused*) echo silent ;;
      *) echo open ;;
    esac
  elif said=$(connect "$2" "$3" 2>&1); then
    echo open
  else
    case $said in
      *refused*) echo refused ;;
      *) echo silent ;;
    esac
  fi
}
try() {
  for turn in 1 2 3; do
    answer=$(ask "$3" "$4" "$5")
    case $2.$answer in
      allowed.open | denied.silent | denied.refused) break ;;
    esac
    [ "$turn" = 3 ] || sleep 2
  done
  echo "$1 $answer"
}
for test in "$@"; do
  (
    IFS=,
    set -f
    try $test
  ) &
done
wait
`;

/** The most seconds that the program takes, for so many seconds of one try. */
export function secondsOfProgram(seconds: number): number {
  return 3 * (seconds + 2);
}
