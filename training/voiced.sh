#!/bin/bash
# Teach the head for speakers' words on the states of a folder's reader, and put it there.
#
#   bash training/voiced.sh DATA_DIR MODELS_DIR VERSION [BERT_DIR]     BERT_DIR: of models of the large size
set -euo pipefail
data=$1 models=$(realpath "$2") version=$3 base=${4:-minilm}
here=$(dirname "$0")
sentences=$(mktemp)
trap 'rm -f "$sentences"' EXIT
python "$here/install.py" --models "$models"
cargo run --release --example sentence_data -- "$sentences"
python "$here/voiced.py" --base "$base" --sentences "$sentences" --data "$data" --models "$models" --version "$version"
python "$here/self_test.py" --base "$base" --models "$models"
