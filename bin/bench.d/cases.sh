# The cases of bin/bench. Each adds its rows to the table; what cannot be measured yet says why.
# shellcheck shell=bash disable=SC2154,SC2034

sql() { timeout 300 "$bare" "$url" "$@" 2>/dev/null || echo -; }

# The full dossiers that pages, prints and changes are tried on: id and version of the section that is written.
dossiers() { timeout 300 "$bare" "$url" dossiers "${1:-2000}"; }

case_start() {
  stop_server
  serve || { row start - - - - - - - "1000" "the server did not start"; return; }
  row "start until it answers" 1 "$started" "$started" - - "$(resident)" - "1000"
  sign_in && sleep 2
  row "idle after sign-in" - - - - - "$(resident)" - "100 MB"
}

# Every order that lists offer, both ways; then the usual one and the slowest for longer.
case_list() {
  local worst=full_name slowest=0 key plain
  local short=$((seconds < 10 ? 1 : 2))
  for key in ${sorts:-$(sql sorts)}; do
    for plain in "$key" "-$key"; do
      echo "/ho-so?xep=$plain" >"$work/paths"
      load "list by $plain" 10 "$(sql list "$plain" 100)" $short get "$work/paths"
      if awk "BEGIN { exit !($last_p99 > $slowest) }"; then slowest=$last_p99 worst=$plain; fi
    done
  done
  echo "/ho-so" >"$work/paths"
  load "list as it opens" "10, 3000/s" "$(sql list full_name 1000)" "$seconds" get "$work/paths"
  echo "/ho-so?xep=$worst" >"$work/paths"
  load "slowest: list by $worst" "10, 3000/s" "$(sql list "$worst" 1000)" "$seconds" get "$work/paths"
  ENCODING=gzip load "the same, compressed" - - 3 get "$work/paths"
}

# Pages further on, each behind another dossier.
case_pages() {
  dossiers | awk '{ print "/ho-so?sau=" $1 }' >"$work/paths"
  load "list behind any dossier" 10 - "$seconds" get "$work/paths"
}

case_search() {
  local words
  for words in "nguyen thi d" "thi" "van an" "an" "hoang van" "xyz"; do
    echo "/ho-so?q=${words// /+}" >"$work/paths"
    load "search '$words'" 15 "$(sql search "$words" 200)" $(((seconds + 1) / 2)) get "$work/paths"
  done
}

# Figures of every unit of the province, as the administrator opens them.
case_figures() {
  local path
  for path in /tong-hop /tong-hop/chat-luong /bien-che; do
    echo "$path" >"$work/paths"
    load "figures of all units: $path" 100 - "$seconds" get "$work/paths"
  done
}

case_dossier() {
  dossiers | awk '{ print "/ho-so/" $1 }' >"$work/paths"
  load "whole dossier, fullest 2,000" 20 "$(sql dossier 500)" "$seconds" get "$work/paths"
}

case_change() {
  dossiers 8000 >"$work/dossiers"
  load "change of a section" "20, 1000/s" "$(sql_later)" "$seconds" change "$work/dossiers"
  dossiers 8000 >"$work/dossiers"
  SWAPS=true load "change, section swapped in" 20 - "$seconds" change "$work/dossiers"
  row "bare change, durable" 1 - - - - - "$(sql change 500)" -
}

sql_later() { echo "see below"; }

# The print of a full dossier: the first warms fonts and layout up, then one after another.
case_print() {
  local id why times
  sign_in || return
  id=$(dossiers 1 | cut -d' ' -f1)
  why=$(refusal "/ho-so/$id/in/2C-2008")
  [ -z "$why" ] || { row "print of 2C" - - - - - - - 150 "$why"; return; }
  times=$(dossiers 30 | while read -r id _; do get -o "$work/print.pdf" -w '%{time_total}\n' "http://$host/ho-so/$id/in/2C-2008"; done |
    awk '{ print $1 * 1000 }' | sort -n | awk '{ t[NR] = $1 } END { printf "%.0f %.0f", t[int((NR + 1) / 2)], t[NR] }')
  row "print of 2C as PDF, warm" 1 "${times% *}" "${times#* }" - - "$(resident)" - 150 "p99 is the slowest of 30; $(stat -c %s "$work/print.pdf") bytes"
}

# Every column to xlsx: how soon it answers, how long until the file is there, and the most memory on the way.
case_export() {
  local begun answered job idle most=0 own why=
  sign_in || return
  sleep 1
  idle=$(anonymous "$server")
  begun=$(now_ms)
  job=$(curl -s -o /dev/null -D - -H "Cookie: $cookie" -H "Origin: http://$host" -d "ve=tt=tat-ca&columns=all&format=xlsx&purpose=do+toc+do" "http://$host/ho-so/ket-xuat" |
    tr -d '\r' | sed -n 's/^location: //p')
  answered=$(($(now_ms) - begun))
  [ -n "$job" ] || { row "export to xlsx" - - - - - - - "5 s" "the address does not begin an export"; return; }
  while [ "$(($(now_ms) - begun))" -lt 120000 ]; do
    own=$(anonymous "$server")
    [ "$own" -le "$most" ] || most=$own
    [ "$(get -o "$work/list.xlsx" -w '%{http_code}' "http://$host$job/tep")" = 200 ] && break
    sleep 0.05
  done
  row "export of every column to xlsx" 1 "$(seconds_since "$begun") s" - - - "+$(((most - idle) / 1024))" - "5 s, +150 MB" \
    "first answer after $answered ms; $(($(stat -c %s "$work/list.xlsx") / 1000)) kB"
  cp "$work/list.xlsx" "$store/list-$people.xlsx"
}

# The sheet of the export, into a database that holds the five small bodies.
case_import() {
  local sheet=$store/list-$people.xlsx fresh=$work/import unit used
  "$hoso" import --help >/dev/null 2>&1 || { row "import of a sheet" - - - - - - - "30 s, 300 MB" "hoso import does not exist yet"; return; }
  [ -f "$sheet" ] || case_export
  stop_server
  mkdir -p "$fresh"
  local into=(--data "$fresh" --log error)
  if [ -n "$pg_data" ]; then
    as_postgres psql -q -h 127.0.0.1 -p "$pg_port" -U hoso postgres -c "DROP DATABASE IF EXISTS import" -c "CREATE DATABASE import"
    into+=(--postgres "postgres://hoso@127.0.0.1:$pg_port/import")
  fi
  unit=$("$hoso" demo "${into[@]}" | sed -n '/^[^ ]/p' | sed -n 2p)
  "$bare" - columns >"$work/columns"
  timeout 600 /usr/bin/time -v "$hoso" import "$sheet" --unit "$unit" --mapping "$work/columns" "${into[@]}" >"$work/imported" 2>"$work/used"
  used=$(awk '/Maximum resident/ { mb = $NF / 1024 } /Elapsed/ { t = $NF } /User time/ { u = $NF } END { printf "%s|%d|%.0f", t, mb, u }' "$work/used")
  row "import of that sheet" 1 "$(echo "$used" | cut -d'|' -f1)" - - "$(echo "$used" | cut -d'|' -f3) s" "$(echo "$used" | cut -d'|' -f2)" - "30 s, 300 MB" "$(head -n 1 "$work/imported") $(grep -m1 hoso: "$work/used")"
  rm -rf "$fresh"
}

# What bin/run does on its second start, on this province.
# ask SQL: an answer of the database itself, whichever it is.
ask() {
  if [ "$engine" = postgres ]; then psql -qtA "$url" -c "$1"; else sqlite3 "$data/hoso.db" ".timeout 5000" "$1"; fi
}

# The queue of the administrator over 40,000 open duties, and how the units stand.
case_queue() {
  need_packages sqlite3
  serve || { row queue - - - - - - - "40" "the server did not start"; return; }
  if [ "$(ask "SELECT COUNT(*) FROM obligations WHERE state = 'open'")" -lt 40000 ]; then
    stop_server
    local due="date('now', '-20 days', '+' || (d.id % 60) || ' days')" now="strftime('%Y-%m-%dT%H:%M:%SZ', 'now')" no=0
    [ "$engine" = postgres ] && due="CURRENT_DATE - 20 + (d.id % 60)::int" now="now()" no=false
    ask "INSERT INTO obligations (id, version, from_unit_id, from_unit_path, to_unit_id, to_unit_path, dossier_id, event, regulation, about_table,
        about_id, counted_from, due_on, remind_on, article, silent, provisional, state, created_at)
      SELECT d.id, 1, d.unit_id, d.unit_path, d.unit_id, d.unit_path, d.id, 'change_by_decision', 'yen-bai-2020', 'dossiers',
        d.id, $due, $due, $due, 'YB-11.2.c', $no, $no, 'open', $now FROM dossiers d ORDER BY d.id LIMIT 40000" >/dev/null
    [ "$engine" = postgres ] && ask "ANALYZE obligations" >/dev/null
    serve || return
  fi
  local path
  for path in /thoi-han "/thoi-han?phan=qua-han" /thoi-han/don-vi /thoi-han/bang-diem; do
    echo "$path" >"$work/paths"
    load "queue, 40,000 open: $path" 40 - $(((seconds + 1) / 2)) get "$work/paths"
  done
}

# A decision for 500 people: previewed, then placed with its scan.
case_decision() {
  need_packages sqlite3
  sign_in || { row decision - - - - - - - "2 s" "the server did not start"; return; }
  ask "SELECT personal_id_number FROM roster WHERE state = 'active' AND personal_id_number IS NOT NULL ORDER BY dossier_id LIMIT 500" >"$work/people"
  printf '%%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%%%EOF' >"$work/scan.pdf"
  local begun number step
  local -a fields
  number="$(now_ms)/QĐ-UBND"
  fields=(-F "decision_type=YB16-14" -F "number=$number" -F "signed_on=01/11/2026" -F "issuing_body=Ủy ban nhân dân tỉnh" -F "delegation=1/UBND ngày 02/01/2026"
    -F "summary=Khen thưởng năm 2026" -F "effect=reward" -F "year=2026" -F "content=Hoàn thành nhiệm vụ" -F "people=<$work/people" -F "da_xem=x")
  begun=$(now_ms)
  get -H "Origin: http://$host" "${fields[@]}" -F "tep=@$work/scan.pdf" "http://$host/quyet-dinh/ghi" >"$work/preview.html"
  row "decision for 500, previewed" 1 - - - - "$(resident)" - "2 s" "$(seconds_since "$begun") s"
  step=$(sed -n 's/.*name="da_xem" value="\([^"]*\)".*/\1/p' "$work/preview.html" | head -n 1)
  fields=("${fields[@]/#da_xem=x/da_xem=$step}")
  begun=$(now_ms)
  step=$(get -o /dev/null -w '%{http_code}' -H "Origin: http://$host" "${fields[@]}" -F "tep=@$work/scan.pdf" "http://$host/quyet-dinh/ghi")
  row "decision for 500, placed" 1 - - - - "$(resident)" - "2 s" "$(seconds_since "$begun") s, answered $step"
}

# How many due days one core finds in a second, alone and with every reason.
case_due() {
  local quick explained
  read -r quick explained < <("${BENCH_DUE:-$target/release/examples/due}" 2>/dev/null)
  row "law.due, the day alone" 1 - - "${quick:--}" - - - "1,000,000/s"
  row "law.due, with its reasons" 1 - - "${explained:--}" - - - -
}

case_run() {
  local begun
  stop_server
  begun=$(now_ms)
  if [ -n "${BENCH_BIN:-}" ]; then row "bin/run again" - - - - - - - "5 s" "another program was given"; return; fi
  cargo build --quiet --locked --profile quick --bin hoso || return
  begun=$(now_ms)
  setsid bin/run "${settings[@]}" >"$work/run.log" 2>&1 &
  local group=$!
  until curl -s -o /dev/null "http://$host/dang-nhap" || [ "$(($(now_ms) - begun))" -gt 120000 ]; do sleep 0.02; done
  row "bin/run again, to the sign-in page" 1 "$(seconds_since "$begun") s" - - - - - "5 s"
  kill -- "-$group" 2>/dev/null
  wait "$group" 2>/dev/null
}
