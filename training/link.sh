#!/bin/bash
# Teach the heads that find phrases and link mentions on the states of a folder's reader, and put them there.
#
#   bash training/link.sh DATA_DIR WORK_DIR MODELS_DIR
#
# The service's own code reads the texts and tells what is known of each pair, so that both see the same.
set -euo pipefail
data=$1 work=$2 models=$(realpath "$3")
here=$(dirname "$0")
write() { cargo run --release --example coreference_data -- "$models" "$data" "$work/texts"; }
if [ ! -e "$models/links.onnx" ]; then
    python "$here/install.py" --models "$models"
fi
python "$here/self_test.py" --models "$models"
write
python "$here/phrases.py" --texts "$work/texts" --data "$data" --models "$models"
python "$here/self_test.py" --models "$models"
write
python "$here/links.py" --texts "$work/texts" --data "$data" --models "$models"
python "$here/self_test.py" --models "$models"
rm -r "$work/texts"
