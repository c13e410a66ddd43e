prompt='dusty lo-fi beat at 82 bpm in D minor, 16 bars, Rhodes and upright bass'
hashes() { (cd "$1" && find . -type f ! -name receipt.json -exec sha256sum {} + | sort -k2); }
kubectl -n "$namespace" port-forward "service/$release-gateway" :8080 >"$work/forward" 2>&1 &
forward=$!
background+=("$forward")
until_true 20 grep -q '^Forwarding from 127.0.0.1' "$work/forward" || fail "port-forward: $(cat "$work/forward")"
port=$(sed -n 's/^Forwarding from 127.0.0.1:\([0-9]*\).*/\1/p' "$work/forward")
begun=$(now)
if npx beatbot --url "http://127.0.0.1:$port" make "$prompt" --seed 7 -o "$work/cluster" >"$work/make" 2>&1; then
  ok 'beatbot make through the gateway gives a song'
  figure song "$(seconds_since "$begun")" s '' '16 bars, with all assets downloaded'
else
  fail "beatbot make: $(tail -5 "$work/make")"
fi
missing=()
for file in mix.mp3 mix.wav song.mid song.musicxml score.json receipt.json stems; do
  [[ -e $work/cluster/$file ]] || missing+=("$file")
done
if ((${#missing[@]})); then
  fail "the song is complete: without ${missing[*]}"
else
  ok "the song is complete: $(find "$work/cluster" -type f | wc -l) files"
fi
see_node
# The one-machine start, from the same sources; its Node may be another than that of the images.
node libs/local-stack/bin/up.js --port 18080 --data "$work/data" >"$work/up" 2>&1 &
stack=$!
background+=("$stack")
until_true 60 curl -fsS -o "$work/readyz" http://127.0.0.1:18080/readyz 2>/dev/null || fail "the one-machine start: $(tail -5 "$work/up")"
if npx beatbot --url http://127.0.0.1:18080 make "$prompt" --seed 7 -o "$work/local" >"$work/make" 2>&1; then
  if diff <(hashes "$work/cluster") <(hashes "$work/local") >"$work/diff"; then
    ok "its files are those of the one-machine start, byte for byte (Node $(node --version) here, $images_node there)"
  else
    fail "its files are those of the one-machine start: $(head -10 "$work/diff")"
  fi
else
  fail "the one-machine start: $(cat "$work/up" "$work/make" | tail -8)"
fi
end "$stack"
wait "$stack" 2>/dev/null || true
end "$forward"
