#!/bin/sh
# Registers the session that it leads with the guardian of the work folder and becomes the program.
#   launcher FOLDER NAME PRLIMIT-ARGUMENTS...   the last of which are the program and its arguments
# Says "ready" on standard output, or why not; Cofferdam then opens the named pipes for reading.
set -u
umask 077
folder=$1
name=$2
shift 2

IFS= read -r line <"/proc/$$/stat"
# shellcheck disable=SC2086
session_and_start() {
  set -- ${line##*)}
  session=$4 start=${20}
}
session_and_start
if [ "$session" != "$$" ]; then
  echo "$name has no session of its own"
  exit 125
fi
mkfifo -- "$folder/streams/$name.out" "$folder/streams/$name.err" || exit 125
# One step, so that the guardian sees all of it or nothing. It fails once the guardian has begun to sweep.
true >"$folder/sessions/$$.$start" || exit 125
echo ready
exec >"$folder/streams/$name.out" 2>"$folder/streams/$name.err"
exec prlimit "$@"
