# shellcheck shell=bash disable=SC2154 # $python comes from there
# What `./attest test`, `check` and `bench` do, one stage after the other; read in by ./attest.

log=$(mktemp)
trap 'rm -f "$log"' EXIT
results=() missing=() failed=0 some=

# stage NAME COMMAND...: runs it, goes on when it fails, and keeps its last line for the end.
stage() {
    local name=$1 verdict=ok status=0
    shift
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
    [ "$some$status" = some5 ] && status=0 # pytest found none of the tests that were asked for in this stage
    [ "$status" = 0 ] || { verdict=FAILED failed=1; }
    results+=("$(printf '%-24s %-7s %s' "$name" "$verdict" "$(tail -n 1 "$log")")")
}

# need NAME CHECK PACKAGES...: installs them where the check fails, and remembers what could not be had.
need() {
    "$2" || { apt_install "${@:3}" && "$2"; } || missing+=("$1: sudo apt-get install ${*:3}")
}

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
has_redis() { command -v redis-server >/dev/null; }
has_chromium() {
    local name
    for name in ${ATTEST_CHROMIUM:-} chromium chromium-browser google-chrome; do
        "$name" --version >/dev/null 2>&1 || continue
        ATTEST_CHROMIUM=$(command -v "$name")
        export ATTEST_CHROMIUM
        return
    done
    return 1
}
has_specifications() { [ -d "${ATTEST_SPECIFICATIONS:-}" ]; }

services() {
    need PostgreSQL has_postgresql postgresql
    need Redis has_redis redis-server
}

lint() {
    stage "lint" "$python" -m ruff check .
    stage "format" "$python" -m ruff format --check .
    stage "import contracts" "$python" -c 'from importlinter.cli import lint_imports_command as run; run()'
    stage "migrations" "$python" manage.py makemigrations --check --dry-run --settings tests.settings
}

summary() {
    printf '\n'
    printf '%s\n' "${results[@]}"
    if [ ${#missing[@]} -gt 0 ]; then
        printf '\n################ NOT TESTED, because it could not be had here ################\n'
        printf '#  %s\n' "${missing[@]}"
        printf '##############################################################################\n'
        if [ "${CI:-}" = true ] || [ "${ATTEST_REQUIRE_ALL:-}" = 1 ]; then
            failed=1
        fi
    fi
    exit "$failed"
}

tests() {
    local stack=("$python" -m tests.stack --) pytest=("$python" -m pytest) without_stack
    local without_database=(--ignore=tests/quals/specification --ignore=tests/quals/combination) # once is enough
    environment
    install requirements-dev.txt
    services
    without_stack=${#missing[@]}
    need Chromium has_chromium chromium
    has_specifications || missing+=("the real specifications: set ATTEST_SPECIFICATIONS to their folder")
    if [ $# -gt 0 ]; then some=some; else lint; fi
    stage "tests on SQLite" "${pytest[@]}" -n 2 -m "not postgres and not worker and not browser" "$@"
    if [ "$without_stack" = 0 ]; then
        stage "tests on PostgreSQL" "${stack[@]}" "${pytest[@]}" -n 2 -m "not worker and not browser" \
            "${without_database[@]}" "$@"
        stage "tests with a worker" "${stack[@]}" "${pytest[@]}" -n 2 -m "worker and not browser" "$@"
        if has_chromium; then
            stage "journeys in a browser" "${stack[@]}" "${pytest[@]}" -n 2 -m browser "$@"
        fi
    fi
    summary
}

check() {
    environment
    install requirements-dev.txt
    lint
    summary
}

bench() {
    environment
    install requirements-dev.txt
    services
    [ ${#missing[@]} = 0 ] || stop_with "${missing[@]}"
    "$python" -m tests.stack -- "$python" -m tests.bench "$@"
}
