#!/usr/bin/env bash
# A variant of the models without data whose licence is for research alone or isn't stated, CoNLL-2003 and VAST:
#   bash training/open.sh DATA_DIR WORK_DIR [VERSION]     writes WORK_DIR/models, for --model-dir
# WikiGold and the Groningen Meaning Bank teach CoNLL-2003's types in its place; PERSPECTRUM, ArgKP-2021, IBM claim stance and FNC-1 teach
# stance. No teacher, since it learnt from those sets too. Can be interrupted and run again.
set -euo pipefail
data=$1 work=$2 version=${3:-1-open}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/steps.sh"

step judge train_judge.py --open --epochs 2 --others 3000 --fnc1 0.8 --minutes 28 $bf16 &
judge=$!
step reader train_reader.py --epochs world=3,wikigold=4,gmb=1,newsmtsc=5,joined=2,sentfin=1,dse=0.5 --minutes 28 $bf16
wait $judge
python "$here/finish_reader.py" --data "$data" --out "$work/reader.pt" --tags --weights "$work/reader/average.pt"
judge=$work/judge/average.pt
python "$here/ranges.py" --open --data "$data" --reader "$work/reader.pt" --judge "$judge" --out "$work/ranges.npz"
export_to() {
  python "$here/export.py" --reader "$work/reader.pt" --judge "$judge" --ranges "$work/ranges.npz" \
    --heads "$here/../models" --out "$work/models" --version "$version" "$@"
}
export_to
python "$here/calibrate.py" --open --data "$data" --models "$work/models" | tail -n 1 >"$work/calibration.json"
export_to --calibration "$work/calibration.json"
bash "$here/link.sh" "$data" "$work" "$work/models"
bash "$here/salience.sh" "$data" "$work" "$work/models" "$version"
python "$here/directed.py" --data "$data" --models "$work/models" --version "$version"
bash "$here/voiced.sh" "$data" "$work/models" "$version"
