# What the cases of bin/bench share: the province, the server and its figures, the load, the table.
# shellcheck shell=bash disable=SC2154

host=127.0.0.1:${BENCH_PORT:-8105}
login=${BENCH_LOGIN:-tinh.quan-tri}
password=${BENCH_PASSWORD:-MinhHoa-2026}
lua=$(dirname "${BASH_SOURCE[0]}")
ticks=$(getconf CLK_TCK)
server=
pg_data=

now_ms() { date +%s%3N; }
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# The cluster is as durable as a real one: every commit is on the disk before it is acknowledged.
start_postgres() {
  need_packages postgresql
  local made=yes
  pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  pg_port=${BENCH_POSTGRES_PORT:-54319}
  if [ -n "$keep" ]; then pg_data=$store/postgres-$people; else pg_data=$(mktemp -d); fi
  [ -f "$pg_data/PG_VERSION" ] || made=
  mkdir -p "$pg_data"
  chmod 755 "$store"
  if [ "$(id -u)" = 0 ]; then chown postgres "$pg_data"; fi
  [ -n "$made" ] || as_postgres "$pg_bin/initdb" -D "$pg_data" -U hoso -A trust -E UTF8 >/dev/null || return 1
  as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -w -t 120 -l "$pg_data/log" \
    -o "-p $pg_port -k $pg_data -c listen_addresses=127.0.0.1 -c max_connections=100 -c shared_buffers=512MB" start >/dev/null
}

stop_postgres() {
  [ -n "$pg_data" ] || return 0
  as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -m fast stop >/dev/null 2>&1
  [ -n "$keep" ] || rm -rf "$pg_data"
  pg_data=
}

# open_province ENGINE: the province in a database of that kind, made unless it is there already.
open_province() {
  data=$store/$1-$people
  settings=(--data "$data" --port "${host#*:}" --log error)
  url=sqlite:$data/hoso.db
  if [ "$1" = postgres ]; then
    start_postgres || return 1
    url=postgres://hoso@127.0.0.1:$pg_port/postgres
    settings+=(--postgres "$url")
  fi
  [ -f "$data/made" ] && return 0
  say "$1: $people people"
  local begun
  begun=$(now_ms)
  mkdir -p "$data"
  timeout 3600 "$hoso" demo --people "$people" --seed 7 "${settings[@]}" | head -n 1 || return 1
  row "make the province" 1 - - - - - - - "$(seconds_since "$begun") s"
  touch "$data/made"
}

seconds_since() { echo "$(($(now_ms) - $1))" | awk '{ printf "%.1f", $1 / 1000 }'; }

# serve: starts the server unless it runs; leaves the milliseconds until it answered in `started`.
serve() {
  [ -z "$server" ] || return 0
  local begun
  begun=$(now_ms)
  "$hoso" serve "${settings[@]}" >"$work/server.log" 2>&1 &
  server=$!
  until curl -s -o /dev/null "http://$host/dang-nhap"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; server=; return 1; }
    sleep 0.01
  done
  started=$(($(now_ms) - begun))
}

stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  server=
  cookie=
}

# sign_in: a session of the account that sees the whole province.
sign_in() {
  serve || return 1
  [ -z "${cookie:-}" ] || return 0
  cookie=$(curl -s -o /dev/null -D - -H "Origin: http://$host" -d "login=$login&password=$password" "http://$host/dang-nhap" |
    sed -n 's/^set-cookie: \(hoso=[^;]*\).*/\1/p')
  [ -n "$cookie" ]
}

get() { curl -s -H "Cookie: $cookie" "$@"; }

# exists ADDRESS: prints why a case cannot be measured, or nothing.
refusal() {
  local status
  status=$(get -o /dev/null -w '%{http_code}' "http://$host$1")
  [ "$status" = 200 ] || echo "$1 answers $status"
}

# Resident memory in MB: all of it, and what is not a view of the database file.
resident() { awk '/^VmRSS/ { all = $2 } /^RssAnon/ { own = $2 } END { printf "%d (%d)", all / 1024, own / 1024 }' "/proc/$server/status"; }
anonymous() { awk '/^RssAnon/ { print $2 }' "/proc/$1/status" 2>/dev/null || echo 0; }

# Ticks of processor time the server has used; with PostgreSQL its cluster as well, after a plus sign.
spent() {
  local own pg=0
  own=$(awk '{ print $14 + $15 }' "/proc/$server/stat")
  if [ -n "$pg_data" ]; then
    pg=$(ps -o pid= --ppid "$(head -n 1 "$pg_data/postmaster.pid")" | while read -r pid; do cat "/proc/$pid/stat" 2>/dev/null; done | awk '{ sum += $14 + $15 } END { print sum + 0 }')
  fi
  echo "$own $pg"
}

# load NAME MUST BARE SECONDS SCRIPT LINES: 8 connections, one row of the table. BARE is "p50 p99" of the bare SQL, LINES the
# file of addresses (or of dossiers and versions) that the script of wrk walks through.
load() {
  local name=$1 must=$2 sql=$3 out before after p50 p99 rate requests bad cpu note=
  sign_in || { row "$name" 8 - - - - - "$sql" "$must" "the server did not start"; return; }
  before=$(spent)
  out=$(COOKIE=$cookie HOST=$host LINES_OF=$6 timeout $(($4 + 30)) wrk -t2 -c8 -d"$4s" --timeout 10s -s "$lua/$5.lua" "http://$host" | sed -n 's/^= //p')
  after=$(spent)
  read -r p50 p99 rate requests bad <<<"$out"
  cpu=$(echo "$before $after ${requests:-0}" | awk -v ticks="$ticks" '{
    n = ($5 ? $5 : 1) * ticks / 1000; own = ($3 - $1) / n; pg = ($4 - $2) / n
    if (pg) printf "%.2f+%.2f", own, pg; else printf "%.2f", own }')
  [ "${bad:-0}" = 0 ] || note="$bad of $requests answers were errors"
  last_p99=${p99:-0}
  row "$name" 8 "${p50:--}" "${p99:--}" "${rate:--}" "$cpu" "$(resident)" "$sql" "$must" "$note"
}

# row CASE C P50 P99 PER-SECOND CPU MEMORY BARE MUST NOTE
row() {
  local IFS='|'
  echo "${engine:-}|$*" >>"$rows"
}

table() {
  echo
  echo "$people people; $(nproc) cores, load average $(cut -d' ' -f1-3 /proc/loadavg) ($(date '+%F %H:%M')); $("$hoso" --version)"
  echo "Times in milliseconds. CPU: processor time of the server for one request, with PostgreSQL + that of its cluster."
  echo "Memory in MB: resident (of it not a view of the database file). Bare: the same SQL on one connection, p50 p99."
  echo
  awk -F'|' '
    BEGIN { split("database|case|c|p50|p99|per second|CPU|memory|bare SQL|must|", head, "|"); for (i = 1; i <= 11; i++) { cell[0, i] = head[i]; wide[i] = length(head[i]) } }
    { for (i = 1; i <= 11; i++) { cell[NR, i] = $i == "" && i < 11 ? "-" : $i; if (length(cell[NR, i]) > wide[i]) wide[i] = length(cell[NR, i]) } }
    END {
      for (r = 0; r <= NR; r++) {
        line = "|"; for (i = 1; i <= 11; i++) line = line sprintf(" %-" wide[i] "s |", cell[r, i]); print line
        if (r == 0) { line = "|"; for (i = 1; i <= 11; i++) { dash = sprintf("%" (wide[i] + 2) "s", ""); gsub(/ /, "-", dash); line = line dash "|" } print line }
      }
    }' "$rows" | sed 's/ - / – /g'
}
