#!/bin/bash
# Teach the head that tells a sentence's worth for a summary on the states of a folder's reader, and put it there.
#
#   bash training/salience.sh DATA_DIR WORK_DIR MODELS_DIR VERSION [BERT_DIR]     BERT_DIR: of models of the large size
#
# The service's own code reads the articles and measures; first come the figures on articles that the head did not learn from.
set -euo pipefail
data=$1 work=$2 models=$(realpath "$3") version=$4 base=${5:-minilm}
here=$(dirname "$0")
test_anew() { python "$here/self_test.py" --base "$base" --models "$models"; }
python "$here/install.py" --models "$models"
test_anew
cargo run --release --example salience_data -- "$models" "$data" "$work/texts"
python "$here/salience.py" --texts "$work/texts" --models "$models" --scores "$work/scores.f32"
cargo run --release --example salience_scores -- "$data" "$work/scores.f32"
python "$here/salience.py" --texts "$work/texts" --models "$models" --version "$version"
test_anew
rm -r "$work/texts" "$work/scores.f32"
