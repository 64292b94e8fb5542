#!/bin/bash
# Teach the head that tells a sentence's worth for a summary on the states of a folder's reader, and put it there.
#
#   bash training/salience.sh DATA_DIR WORK_DIR MODELS_DIR VERSION
#
# The service's own code reads the articles and measures; first come the figures on articles that the head did not learn from.
set -euo pipefail
data=$1 work=$2 models=$(realpath "$3") version=$4
here=$(dirname "$0")
python "$here/install.py" --models "$models"
python "$here/self_test.py" --models "$models"
cargo run --release --example salience_data -- "$models" "$data" "$work/texts"
python "$here/salience.py" --texts "$work/texts" --models "$models" --scores "$work/scores.f32"
cargo run --release --example salience_scores -- "$data" "$work/scores.f32"
python "$here/salience.py" --texts "$work/texts" --models "$models" --version "$version"
python "$here/self_test.py" --models "$models"
rm -r "$work/texts" "$work/scores.f32"
