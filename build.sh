#!/usr/bin/env bash
# Rejoinder's only entry point. It sets up what is missing, outside the clone, and says what it does.
#
#   ./build.sh                     build dist/chrome (Edge too) and dist/firefox, and their twins dist/e2e-* for the tests
#   ./build.sh run                 build, then open a browser on the practice page; without a display, show the main job
#                                  step by step and save pictures to dist/demo
#   ./build.sh test                everything: native tests, then the end-to-end tests in both browsers
#   ./build.sh test --full         the same and a live Misago, for which PostgreSQL is installed (FULL=1 ./build.sh test e2e
#                                  does that for the end-to-end tests alone)
#   ./build.sh test native [ARGS]  cargo test ARGS
#   ./build.sh test sync           the shared log: its model, its rules broken one by one, a real server (SEEDS=n for more)
#   ./build.sh test fuzz [CASES]   every property on many more cases (10000): minutes to hours
#   ./build.sh test e2e [PATTERN]  the end-to-end tests whose "suite › test" holds PATTERN
#   ./build.sh test matrix         insertion into real editors, cell by cell
#   ./build.sh test captures       saved real pages in $REJOINDER_CAPTURES against the site definitions
#   ./build.sh bench [PATTERN]     the figures of the README, or the parts whose name holds PATTERN (tests/bench/run.mjs
#                                  lists them): feed peers store sync log fold …
#   ./build.sh lint                formatting, clippy, the page agent's types, web-ext, licences of dependencies
#   ./build.sh package             the archives for the stores and the source archive for their reviewers
#
# QUICK=1 leaves out what makes the modules small and fast, to try things: build, run, test e2e.
# CARGO_TARGET_DIR is respected; CHROMIUM and FIREFOX name other browsers than those in the PATH.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/rejoinder
TARGET=${CARGO_TARGET_DIR:-$PWD/target}
VERSION=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
WASM=wasm32-unknown-unknown
QUICK=${QUICK:-}
MODULES=$TARGET/rejoinder-wasm${QUICK:+-quick}
# The extension must not tell where it was built, and must come out the same anywhere. Views without their static types
# are a tenth smaller.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$PWD=/rejoinder"

step() { printf '\n── %d:%02d  %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }
die() { printf '\nbuild.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null; }

# ---------------------------------------------------------------------------------------------------------- what it needs

# apt_install PACKAGE...: by apt when that can work here. dpkg is asked twice, since a trigger of one package can fail
# while another is half set up.
apt_install() {
  [ "$(id -u)" = 0 ] && have apt-get || die "please install: $* (as root: apt-get install $*)"
  step "Installing $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null || apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
  have cargo || die "please install Rust (https://rustup.rs), then run this again"
  have cc || apt_install gcc libc6-dev
  [ -d "$(rustc --print target-libdir --target $WASM)" ] && return
  have rustup || die "please install Rust's $WASM target (with rustup: rustup target add $WASM)"
  step "Adding Rust's target $WASM"
  rustup target add $WASM
}

# The command-line tool must have the version of the crate that the extension is linked with.
need_wasm_bindgen() {
  local crate tool
  crate=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
  [ -n "$crate" ] || die "Cargo.lock names no version of wasm-bindgen"
  BINDGEN=$CACHE/cargo/bin/wasm-bindgen
  tool=$("$BINDGEN" --version 2>/dev/null | awk '{ print $2 }' || true)
  [ "$tool" = "$crate" ] && return
  step "Installing wasm-bindgen $crate (a few minutes, once)"
  # Without --locked: its lock file may name versions that the registry does not serve.
  env -u CARGO_TARGET_DIR cargo install wasm-bindgen-cli --version "$crate" --root "$CACHE/cargo" --quiet --force
}

# npm's tools live outside the clone, one folder for each set of versions; tests/node_modules points there.
need_node() {
  have node && have npm || die "please install Node.js 20 or newer, with npm"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node.js $(node --version) is too old; please install 20 or newer"
  local set
  set=$CACHE/node-$(cat tests/package.json tests/package-lock.json | sha256sum | cut -c1-12)
  if [ ! -e "$set/complete" ]; then
    step "Installing the npm tools (about a minute, once)"
    rm -rf "$set"; mkdir -p "$set"
    cp tests/package.json tests/package-lock.json "$set"
    (cd "$set" && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --legacy-peer-deps --loglevel=error)
    touch "$set/complete"
  fi
  ln -sfn "$set/node_modules" tests/node_modules
}

# need_set NAME: other people's programs that the bench sets beside ours, from tests/bench/NAME; the folder is in $SET.
need_set() {
  SET=$CACHE/$1-$(cat "tests/bench/$1/package.json" "tests/bench/$1/package-lock.json" | sha256sum | cut -c1-12)
  if [ ! -e "$SET/complete" ]; then
    step "Installing the $1 of the bench (about a minute, once)"
    rm -rf "$SET"; mkdir -p "$SET"
    cp "tests/bench/$1/package.json" "tests/bench/$1/package-lock.json" "$SET"
    (cd "$SET" && npm ci --no-audit --no-fund --loglevel=error)
    touch "$SET/complete"
  fi
  SET=$SET/node_modules
}

need_browsers() {
  local missing=()
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
  FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox || true)}
  [ -n "$CHROMIUM" ] || missing+=(chromium)
  [ -n "$FIREFOX" ] || missing+=(firefox-esr)
  have openssl || missing+=(openssl)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
  export CHROMIUM=${CHROMIUM:-$(command -v chromium)} FIREFOX=${FIREFOX:-$(command -v firefox-esr)}
}

# What the real forum servers of the tests stand on.
need_servers() {
  local missing=()
  have redis-server || missing+=(redis-server)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
  [ -z "${FULL:-}" ] || [ -d /usr/lib/postgresql ] || missing+=(postgresql)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
}

# -------------------------------------------------------------------------------------------------------------- the parts

# Functions in the order of their names lie beside their likes, which compresses better.
OPTIMISE=(-O3 -Os --reorder-functions-by-name --reorder-types --strip-debug --strip-producers
  --enable-bulk-memory --enable-mutable-globals --enable-multivalue --enable-nontrapping-float-to-int
  --enable-reference-types --enable-sign-ext)

# Our own code in the background, which the voice check waits for, is built for speed as far as that costs little: it is
# twice as fast, and the libraries under it gain nothing. Only what is tiny is copied to where it is called: more of that
# is 18 KB of the package for a twentieth of the time.
FAST=(--config 'profile.release.package.rejoinder.opt-level="s"')
TINY="-Cllvm-args=-inline-threshold=10"

# wasm NAME FEATURES [CARGO_ARGS...]: one of the modules, bound and optimised, into $MODULES.
wasm() {
  step "Compiling $1.wasm"
  local made sum
  if [ -n "$QUICK" ]; then
    cargo build --quiet --target $WASM --no-default-features --features "$2" --bin "$1"
    "$BINDGEN" --target web --no-typescript --out-name "$1" --out-dir "$MODULES" "$TARGET/$WASM/debug/$1.wasm"
    return
  fi
  # Names are taken out at the end: before that they tell the tools which features of Wasm are in use.
  CARGO_PROFILE_RELEASE_STRIP=false cargo build --quiet --release --target $WASM --no-default-features --features "$2" --bin "$1" "${@:3}"
  made=$TARGET/$WASM/release/$1.wasm
  sum=$({ cat "$made"; echo "${OPTIMISE[@]}"; } | sha256sum)
  [ "$(cat "$MODULES/$1.sum" 2>/dev/null)" = "$sum" ] && return
  "$BINDGEN" --target web --no-typescript --out-name "$1" --out-dir "$MODULES" "$made"
  tests/node_modules/.bin/wasm-opt "$MODULES/$1_bg.wasm" -o "$MODULES/$1_bg.wasm" "${OPTIMISE[@]}"
  echo "$sum" >"$MODULES/$1.sum"
}

# fast NAME FEATURES: the same, for speed.
fast() {
  local flags=$CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
  [ -n "$QUICK" ] || flags+=" $TINY"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags wasm "$@" "${FAST[@]}"
}

# The same inputs give the same id; the page agent and the background compare it.
build_id() {
  find Cargo.toml Cargo.lock src extension -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12
}

notices() {
  cargo metadata --format-version 1 --filter-platform $WASM --no-default-features --features background,library,spelling |
    node tests/build/notices.mjs
}

build() {
  need_rust; need_node; need_wasm_bindgen
  mkdir -p dist
  fast background background
  wasm app ui
  wasm library library
  wasm members members
  wasm mentions mentions
  fast spelling spelling
  wasm team team
  step "Compiling the voice packs"
  cargo build --quiet --bin rejoinder
  "$TARGET/debug/rejoinder" packs --compile extension/packs/*/*.toml >"$MODULES/packs.txt"
  step "Putting the packages together"
  notices >"$TARGET/rejoinder-notices.txt"
  node tests/build/assemble.mjs "$(build_id)" "$VERSION" "$MODULES" "$TARGET/rejoinder-notices.txt"
  [ -n "$QUICK" ] || node tests/build/size.mjs || die "the size budget is exceeded"
}

# Spelling is tested with the dictionaries that ship, which npm brings.
test_native() {
  need_rust; need_node
  step "Native tests"
  cargo test --quiet "$@"
}

# A CouchDB-like server from npm, for the shared log.
need_sync_server() {
  need_node
  local set
  set=$CACHE/sync-$(sha256sum <tests/sync/package-lock.json | cut -c1-12)
  if [ ! -e "$set/done" ]; then
    step "Installing the server of the shared log"
    mkdir -p "$set"
    cp tests/sync/package.json tests/sync/package-lock.json "$set"
    (cd "$set" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) && touch "$set/done"
  fi
  export POUCHDB_SERVER=$set/node_modules/pouchdb-server/bin/pouchdb-server
}

# The shared log: its client in a model where everything fails, the same with its rules broken one by one, and a real server.
test_sync() {
  need_rust; need_sync_server
  step "Shared log: thousands of worlds that fail"
  CARGO_TARGET_DIR=$TARGET/sync-model cargo test --quiet --manifest-path tests/sync/model/Cargo.toml
  step "Shared log: each rule broken on purpose"
  node tests/sync/sabotage.mjs "$TARGET/sync-model"
  step "Shared log: a real server"
  cargo build --quiet --bin rejoinder
  REJOINDER=$TARGET/debug/rejoinder node --test --test-reporter=spec tests/sync/*.test.mjs
}

test_e2e() {
  need_browsers; need_servers; need_sync_server
  step "End-to-end tests, both browsers"
  node tests/e2e/run.mjs "$@"
}

# The insertion matrix: what the page agent's one algorithm does in every editor, in both browsers.
test_matrix() {
  need_node; need_browsers
  step "Insertion matrix, both browsers"
  local chrome bad=0
  node tests/e2e/matrix/run.mjs chrome >dist/matrix-chrome.txt & chrome=$!
  node tests/e2e/matrix/run.mjs firefox >dist/matrix-firefox.txt || bad=1
  wait $chrome || bad=1
  cat dist/matrix-chrome.txt dist/matrix-firefox.txt
  return $bad
}

test_captures() {
  need_rust
  [ -d "${REJOINDER_CAPTURES:-}" ] || die "REJOINDER_CAPTURES must name the folder of saved pages"
  REJOINDER_CAPTURES=$(realpath "$REJOINDER_CAPTURES")
  export REJOINDER_CAPTURES REJOINDER_CAPTURED=$TARGET/rejoinder-captured
  rm -rf "$REJOINDER_CAPTURED"; mkdir -p "$REJOINDER_CAPTURED"
  cargo test --quiet --test native captures
  build; need_browsers
  node tests/e2e/run.mjs "reads › captured"
}

lint() {
  need_rust; need_node
  step "Formatting"
  cargo fmt --check
  step "Clippy: host, background, pages, exchange, members, mentions, spelling, team"
  cargo clippy --quiet --all-targets -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features background --lib --bin background -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features ui --lib --bin app -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features library --lib --bin library -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features members --lib --bin members -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features mentions --lib --bin mentions -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features spelling --lib --bin spelling -- -D warnings
  cargo clippy --quiet --target $WASM --no-default-features --features team --lib --bin team -- -D warnings
  step "Types of the page agent and the other scripts"
  tests/node_modules/.bin/tsc --project tests/agent/tsconfig.json
  tests/node_modules/.bin/tsc --project tests/tsconfig.json
  step "Licences, bans and sources of dependencies"
  need_deny
  "$CACHE/cargo/bin/cargo-deny" --log-level error check bans licenses sources
  build
  step "web-ext lint"
  node tests/build/webext-lint.mjs
}

# Everything that the README gives figures of; with a pattern, the parts whose name holds it.
bench() {
  local pattern=${1:-}
  wanted() { [[ $1 == *"$pattern"* ]]; }
  build; fast bench background,bench; need_browsers
  if wanted peers; then need_set peers; export PEERS=$SET; fi
  if wanted store || wanted sync; then need_set stores; export STORES=$SET; fi
  if wanted sync; then need_sync_server; fi
  step "Bench"
  node tests/bench/run.mjs "$@"
  if wanted fold; then bench_fold; fi
}

# The fold, native, of the same log that the other parts take.
bench_fold() {
  local log=$TARGET/rejoinder-history.jsonl
  node tests/bench/log/history.mjs 200000 >"$log"
  cargo bench --quiet --no-default-features --bench fold -- "$log"
}

need_deny() {
  local version=0.20.2
  [ "$("$CACHE/cargo/bin/cargo-deny" --version 2>/dev/null)" = "cargo-deny $version" ] && return
  step "Installing cargo-deny $version (several minutes, once)"
  env -u CARGO_TARGET_DIR cargo install cargo-deny --version $version --locked --root "$CACHE/cargo" --quiet --force
}

package() {
  build
  step "Archives"
  local name=dist/rejoinder-$VERSION
  archive() { python3 tests/build/zip.py "$@"; }
  have python3 || die "please install Python 3"
  for flavour in chrome firefox; do archive "$name-$flavour.zip" "dist/$flavour"; done
  { git ls-files 2>/dev/null || find . -type f -not -path './dist/*' -not -path './target/*' -not -path './tests/node_modules/*' | sed 's|^\./||'; } |
    archive "$name-source.zip" -
  sha256sum "$name"-*.zip
}

run() {
  build; need_browsers
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    step "Opening Chromium on the practice page; close it to end"
    node tests/e2e/open.mjs
  else
    step "No display: showing the main job here; pictures go to dist/demo"
    node tests/e2e/demo.mjs
  fi
}

case "${1:-build}" in
  build) build ;;
  run) run ;;
  test)
    case "${2:-all}" in
      all) test_native; test_sync; build; test_e2e; test_matrix ;;
      --full) export FULL=1 SEEDS=${SEEDS:-200000}; test_native; test_sync; build; test_e2e; test_matrix ;;
      sync) test_sync ;;
      native) test_native "${@:3}" ;;
      fuzz) PROPTEST_CASES=${3:-10000} test_native ;;
      e2e) build; test_e2e "${@:3}" ;;
      matrix) mkdir -p dist; test_matrix ;;
      captures) test_captures ;;
      *) die "unknown: test $2 (--full, native, sync, fuzz, e2e, matrix, captures)" ;;
    esac ;;
  bench) bench "${@:2}" ;;
  lint) lint ;;
  package) package ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"; exit 2 ;;
esac
