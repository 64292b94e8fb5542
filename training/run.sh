#!/usr/bin/env bash
# From the data sets to the model files: bash training/run.sh DATA_DIR WORK_DIR [VERSION]
# Needs Python 3.11 or later with `pip install -r training/requirements.txt`. Can be interrupted and run again.
set -euo pipefail
data=$1 work=$2 version=${3:-1}
here=$(cd "$(dirname "$0")" && pwd)
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false
mkdir -p "$work"

step() { # step NAME SCRIPT OPTIONS...: one training, unless it is done already; its log is WORK_DIR/NAME.out
  local name=$1 script=$2
  shift 2
  [ -e "$work/$name.done" ] && return
  python "$here/$script" --data "$data" --out "$work/$name" "$@" >>"$work/$name.out" 2>&1
  touch "$work/$name.done"
}

# Single-threaded trainings side by side use two cores better than two threads in one training.
step judge train_judge.py --steps 1346 &
judge=$!
step reader train_reader.py --steps 2147
first=$work/reader/average.pt
step reader3 train_reader.py --start "$first" --seed 3 --peak 4e-5 --epochs conll=0.5,world=0.5,newsmtsc=1.5 &
third=$!
step reader2 train_reader.py --start "$first" --peak 6e-5 \
  --epochs conll=2,world=1.8,newsmtsc=1,joined=2,dse=0.8
wait $judge
wait $third

# Mean of the weight sets, and the sentiment classes' offsets, by dev scores.
python "$here/finish_reader.py" --data "$data" --out "$work/reader.pt" \
  --tags --weights "$first" "$work/reader2/average.pt" "$work/reader3/average.pt"
python "$here/ranges.py" --data "$data" --reader "$work/reader.pt" --judge "$work/judge/average.pt" --out "$work/ranges.npz"

export_to() {
  python "$here/export.py" --reader "$work/reader.pt" --judge "$work/judge/average.pt" \
    --ranges "$work/ranges.npz" --out "$work/models" --float "$work/float" --version "$version" "$@"
}
export_to
python "$here/evaluate.py" --data "$data" --models "$work/models" "$work/float" --part dev
python "$here/evaluate.py" --data "$data" --models "$work/models" "$work/float" --part test --json "$work/metrics.json"
export_to --metrics "$work/metrics.json"
cp "$work"/models/*.onnx "$work"/models/vocab.txt "$work"/models/manifest.json "$here/../models/"
