# The yardstick of attribution, if it lies beside the repository.
yardstick := "../shared/attribution"
# The yardstick of pages, if it lies beside the repository.
pages := "../shared/html"
page-trainer := "cargo run --release -q -p whosaid-formats --features train --example html --"
# Pages whose text another program chose, or of which only snippets are marked, count less.
page-weights := "--weight moz=0.3 --weight adb=0.3"
trainer := "cargo run --release -q -p whosaid-quotes --features train --example train --"

# Lists the recipes.
default:
    @{{just_executable()}} --list --unsorted

# Formats everything.
fmt:
    cargo fmt --all

# Runs clippy on every target; warnings are errors.
lint:
    .ci/run lint

# Runs all tests; arguments go to cargo test.
test *args:
    cargo test --workspace {{args}}

# Builds the documentation; warnings are errors.
doc:
    .ci/run doc

# Reviews changed snapshots (needs cargo-insta).
snap:
    cargo insta test --workspace --review

# Runs the property tests with many more cases, other ones each time.
prop cases="4096":
    #!/usr/bin/env bash
    PROPTEST_RNG_SEED=$RANDOM PROPTEST_CASES={{cases}} cargo test --workspace --release

# Measures quotations and speakers against articles marked by hand.
eval:
    #!/usr/bin/env bash
    set -euo pipefail
    folders=()
    for folder in data/gold/tune data/gold/blind data/gold/traps data/gold; do
        if compgen -G "$folder/*.txt" >/dev/null; then folders+=("$folder"); fi
    done
    echo "precision/recall/F1: spans, spans of four words and more, persons by full name (of four words; of all), any source;"
    echo "right mention of the spans found; marked words that are no speech given to somebody; calibration error; precision of the surest 70 %"
    for folder in "${folders[@]}"; do
        echo "== $folder"
        {{trainer}} score --marked "$folder"
    done
    if ! [ -f "{{yardstick}}/polnear-dev.jsonl" ]; then
        echo "no {{yardstick}}: PolNeAR is not measured; it wants polnear-train.jsonl, polnear-dev.jsonl and score.py there" >&2
        exit 0
    fi
    cargo build --release -q
    found="$(mktemp)"
    trap 'rm -f "$found"' EXIT
    "${CARGO_TARGET_DIR:-target}/release/whosaid" extract --quiet --offsets char "{{yardstick}}/polnear-dev.jsonl" >"$found"
    echo "== PolNeAR dev, by its own scorer"
    python3 "{{yardstick}}/score.py" "{{yardstick}}/polnear-dev.jsonl" "$found"
    echo "== PolNeAR dev, with calibration and traps"
    {{trainer}} score --polnear "{{yardstick}}/polnear-dev.jsonl"
    echo "== four folds"
    {{trainer}} folds --polnear "{{yardstick}}/polnear-train.jsonl" --marked data/gold/tune --marked data/gold

# Measures what is read of web pages: text, title, date and author, paragraphs with quotations, pages a second.
eval-html:
    #!/usr/bin/env bash
    set -euo pipefail
    if ! [ -f "{{pages}}/gold.jsonl" ]; then
        echo "no {{pages}}: pages are not measured; it wants gold.jsonl, score.py and the folder html there" >&2
        exit 0
    fi
    found="$(mktemp)"
    trap 'rm -f "$found"' EXIT
    echo "== the built-in models, which have learned these pages"
    {{page-trainer}} read "{{pages}}/gold.jsonl" --out "$found" {{page-weights}}
    python3 "{{pages}}/score.py" "{{pages}}/gold.jsonl" "$found" --by-set
    echo "== five folds over outlets: text only, of pages that were not learned"
    {{page-trainer}} folds "{{pages}}/gold.jsonl" --out "$found" {{page-weights}}
    python3 "{{pages}}/score.py" "{{pages}}/gold.jsonl" "$found"

# Measures which wordings are taken for one utterance, on pairs judged by hand.
eval-utterances:
    cargo test -q -p whosaid-query --lib utterance::gold -- --nocapture

# Measures the order of what is found: nDCG@10 and MRR of judged queries over the sample.
eval-ranking:
    cargo test -q --test main ranking -- --nocapture

# Measures how long each kind of query takes on an archive: median and 99th percentile, warm.
latency archive:
    cargo run --release -q -p whosaid-query --example latency -- "{{archive}}"

# What searching an archive costs over what the bare engine takes for the same words in the same index.
floor archive:
    cargo run --release -q -p whosaid-query --example floor -- "{{archive}}"

# Compares the instructions that extraction and cold commands take with those noted (needs valgrind); `note` notes them.
instructions *note:
    .ci/instructions {{note}}

# Shows how cost grows with the corpus: sizes are numbers of articles of a file of JSON Lines.
scale articles *sizes="1000 10000 100000":
    .ci/scale "{{articles}}" {{sizes}}

# Compares counts of 200 queries over articles with those of SQLite's full-text search (needs python3).
counts +articles:
    cargo build --release -q
    .ci/counts "${CARGO_TARGET_DIR:-target}/release/whosaid" {{articles}}

# Learns the models of web pages anew.
train-html:
    @test -f "{{pages}}/gold.jsonl" || { echo "no {{pages}}/gold.jsonl to learn from" >&2; exit 1; }
    {{page-trainer}} fit "{{pages}}/gold.jsonl" --out crates/formats/model {{page-weights}}

# Learns the models anew from PolNeAR and the articles of data/gold, but for those kept aside.
train:
    @test -f "{{yardstick}}/polnear-train.jsonl" || { echo "no {{yardstick}}/polnear-train.jsonl to learn from" >&2; exit 1; }
    {{trainer}} fit --polnear "{{yardstick}}/polnear-train.jsonl" --marked data/gold/tune --marked data/gold --out crates/quotes/model

# Measures `check` over PolNeAR: quotations as they are, with changes, and of articles that the archive does not have.
eval-check:
    #!/usr/bin/env bash
    set -euo pipefail
    cargo build --release -q -p whosaid-query --bins --example check_scores
    target="${CARGO_TARGET_DIR:-target}/release"
    work="$(mktemp -d)"
    trap 'rm -rf "$work"' EXIT
    "$target/whosaid" index -q --archive "$work/archive" "{{yardstick}}/polnear-train.jsonl"
    for part in train dev; do
        "$target/whosaid" extract -q "{{yardstick}}/polnear-$part.jsonl" >"$work/$part.jsonl"
    done
    "$target/examples/check_scores" "$work/archive" "$work/train.jsonl" "$work/dev.jsonl"

# Runs the benches; arguments go to criterion.
bench *args:
    cargo bench --bench index --bench pages --bench query -- {{args}}

# Indexes data/sample/news into target/sample.
index-sample:
    cargo run --release -- index data/sample/news --archive target/sample

# Puts the real output of its commands into the README.
session:
    .ci/session

# Puts the real output of every command into docs/commands.md.
commands:
    UPDATE_DOCS=1 cargo test --test main docs::

# Shows that `search --all` takes no more memory for ten times as many hits (Linux: it reads /proc).
memory:
    .ci/memory

# Builds the library of queries alone, and shows what it depends on.
lean:
    .ci/run lean
    cargo tree -p whosaid-query --no-default-features -e normal --depth 1

# Runs everything CI runs.
ci:
    .ci/run

# Kills runs at random moments, as often as said, and checks the archive after each: about a second a kill.
kills times="200":
    KILLS={{times}} cargo test --release --test main kills:: -- --nocapture

# Keeps a small archive of the present format number among the tests: before the number rises.
keep-format:
    cargo build --release -q
    .ci/keep-format "${CARGO_TARGET_DIR:-target}/release/whosaid"

# Makes every operation of the disk fail, one run each: about half an hour.
faults every="1":
    FAULTS={{every}} cargo test --release --test main faults:: -- --nocapture

# One process writes and eight read for so many seconds; memory and files must not grow.
soak seconds="600":
    SOAK={{seconds}} cargo test --release --test main readers:: -- --nocapture

# Shows by how much queries that mean to take for ever miss a deadline of 100 ms.
deadline archive:
    BOUNDS_ARCHIVE="{{archive}}" cargo test --release --test main bounds::the_deadline -- --nocapture

# Shows that the time of a text grows with its length alone: texts of so many bytes, and of four times as many.
long bytes="100000":
    LONG={{bytes}} cargo test --release -p whosaid-quotes --test long -- --nocapture

# Asks an archive on a read-only file system, and on one that is full (Linux, as root).
disks:
    cargo build --release -q
    .ci/disks "${CARGO_TARGET_DIR:-target}/release/whosaid"

# Checks licences, origins and bans of all dependencies (needs cargo-deny); `just deny advisories` wants the network.
deny *what="licenses bans sources":
    cargo deny check {{what}}

# Copies the samples to where the fuzz targets begin (needs nothing); then: just fuzz query
fuzz-seeds:
    .ci/fuzz-seeds

# Fuzzes one target for so many seconds, with a sanitizer or with `none` (needs cargo-fuzz).
fuzz target seconds="900" sanitizer="address": fuzz-seeds
    RUSTC_BOOTSTRAP=1 cargo fuzz run -s {{sanitizer}} {{target}} -- -max_total_time={{seconds}} -timeout=20
