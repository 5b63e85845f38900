#!/bin/sh
# Makes the work folder of one host and outlives Cofferdam by a moment. Standard input is a pipe that
# Cofferdam holds and never writes to: its end means that Cofferdam has closed it or is gone, however it
# ended. Then no process that was started for the folder may stay, nor the folder.
#   guardian FOLDER watch   makes the folder, says "ready", waits for that end, sweeps
#   guardian FOLDER sweep   sweeps, where another guardian was killed
# Every process has COFFERDAM_WORK=FOLDER in its environment. Needs grep beside coreutils.
set -u
umask 077
folder=$1
rounds=500

# Sets state, session and start (clock ticks after boot) of process $1: proc_pid_stat(5). The name of a
# program may hold anything, line ends and parentheses too, but it comes before all of these.
read_stat() {
  last=
  while IFS= read -r line; do last=$line; done <"/proc/$1/stat"
  [ -n "$last" ] || return 1
  # shellcheck disable=SC2086
  set -- ${last##*)}
  state=$1 session=$4 start=${20}
}

# The sessions that were started for this folder, from the names PID.START by which launchers register. A
# leader with another start is somebody else, who got the number after the whole session had ended.
list_sessions() {
  sessions=' '
  for entry in "$folder"/closing/*; do
    entry=${entry##*/}
    leader=${entry%.*}
    if read_stat "$leader" && [ "$start" != "${entry#*.}" ]; then continue; fi
    sessions="$sessions$leader "
  done
}

add_members() {
  for entry in /proc/[0-9]*; do
    pid=${entry#/proc/}
    read_stat "$pid" || continue
    case $state in Z | X) continue ;; esac
    case $sessions in *" $session "*) doomed="$doomed $pid" ;; esac
  done
}

# What has left its session still has the folder in its environment, as this guardian has.
add_marked() {
  grep -lszxF -e "$marker" /proc/[0-9]*/environ >"$folder/marked"
  while IFS= read -r entry; do
    pid=${entry#/proc/}
    pid=${pid%/environ}
    if [ "$pid" != "$$" ]; then doomed="$doomed $pid"; fi
  done <"$folder/marked"
}

end_all() {
  while [ "$rounds" -gt 0 ]; do
    doomed=
    list_sessions
    add_members
    add_marked
    if [ -z "$doomed" ]; then return; fi
    # shellcheck disable=SC2086
    kill -KILL $doomed
    sleep 0.02
    rounds=$((rounds - 1))
  done
}

sweep() {
  # From here on nobody can register, and a launcher that cannot register starts nothing.
  mv -- "$folder/sessions" "$folder/closing"
  end_all
  tries=50
  while [ -e "$folder" ] && [ "$tries" -gt 0 ]; do
    rm -rf -- "$folder" || sleep 0.02
    tries=$((tries - 1))
  done
}

# Whoever ends Cofferdam may send the same signal to everything beside it; this has work to do then.
trap '' HUP INT TERM PIPE
marker=COFFERDAM_WORK=$folder
# So that the tools that this guardian calls are not taken for leftovers.
unset COFFERDAM_WORK
if [ "$2" = watch ]; then
  mkdir -- "$folder" || exit 1
  mkdir -- "$folder/sessions" "$folder/streams"
  echo ready
  exec >/dev/null 2>&1
  while IFS= read -r _; do :; done
else
  exec >/dev/null 2>&1
fi
sweep
