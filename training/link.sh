#!/bin/bash
# Teach the heads that find phrases and link mentions on the states of a folder's reader, and put them there.
#
#   bash training/link.sh DATA_DIR WORK_DIR MODELS_DIR [BERT_DIR]     BERT_DIR: of models of the large size
#
# The service's own code reads the texts and tells what is known of each pair, so that both see the same.
set -euo pipefail
data=$1 work=$2 models=$(realpath "$3") base=${4:-minilm}
here=$(dirname "$0")
test_anew() { python "$here/self_test.py" --base "$base" --models "$models"; }
write() { cargo run --release --example coreference_data -- "$models" "$data" "$work/texts"; }
python "$here/install.py" --models "$models"
test_anew
write
python "$here/phrases.py" --texts "$work/texts" --data "$data" --models "$models"
test_anew
write
python "$here/links.py" --texts "$work/texts" --data "$data" --models "$models"
test_anew
rm -r "$work/texts"
