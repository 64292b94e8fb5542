#!/usr/bin/env bash
# Models of BERT-base's size, for those who have the CPU: bash training/large.sh DATA_DIR WORK_DIR BERT_DIR [VERSION]
# writes WORK_DIR/large, for --model-dir. Goes on from the teachers that run.sh left in WORK_DIR. Can be interrupted and run again.
set -euo pipefail
data=$1 work=$2 bert=$3 version=${4:-1-large}
here=$(cd "$(dirname "$0")" && pwd)
. "$here/steps.sh"

# Both teachers come from one encoder and are close enough for their mean to be a start.
python "$here/average.py" --out "$work/both.pt" "$work/tags/average.pt:0.5" "$work/feels/average.pt:0.5"
step large-judge train_judge.py --base "$bert" --epochs 1 --fnc1 0.3 --peak 3e-5 --minutes 300 --check-minutes 60 $bf16 &
judge=$!
step large-reader train_reader.py --base "$bert" --start "$work/both.pt" --average 0.995 --most 2048 --check-minutes 60 \
  --epochs newsmtsc=1,conll=0.4,world=0.3 --peak 3e-5 --minutes 30 $bf16
wait $judge
judge=$work/large-judge/average.pt
base=(--base "$bert")
python "$here/finish_reader.py" "${base[@]}" --data "$data" --out "$work/large.pt" --tags --weights "$work/large-reader/average.pt"
python "$here/ranges.py" "${base[@]}" --data "$data" --reader "$work/large.pt" --judge "$judge" --out "$work/large.npz"
export_to() {
  python "$here/export.py" "${base[@]}" --reader "$work/large.pt" --judge "$judge" --ranges "$work/large.npz" \
    --out "$work/large" --version "$version" "$@"
}
export_to
bash "$here/link.sh" "$data" "$work" "$work/large" "$bert"
bash "$here/salience.sh" "$data" "$work" "$work/large" "$version" "$bert"
python "$here/directed.py" --base "$bert" --data "$data" --models "$work/large" --version "$version"
bash "$here/voiced.sh" "$data" "$work/large" "$version" "$bert"
python "$here/calibrate.py" "${base[@]}" --data "$data" --models "$work/large" | tail -n 1 >"$work/large.json"
export_to --heads "$work/large" --calibration "$work/large.json"
